import type { ComponentProps } from 'react';
import { isBrowsersClick, useNavigate } from './link-context.tsx';

/** A link to a URL of the app. */
export function Link({
  to,
  replace,
  onClick,
  ...props
}: Omit<ComponentProps<'a'>, 'href'> & { to: string; replace?: boolean }) {
  const navigate = useNavigate();
  return (
    <a
      {...props}
      href={to}
      onClick={(event) => {
        onClick?.(event);
        if (isBrowsersClick(event)) return;
        event.preventDefault();
        navigate(to, { replace: replace ?? false });
      }}
    />
  );
}
