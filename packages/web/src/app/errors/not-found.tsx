import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Link } from '../../ui/link/link.tsx';

/** The page for a URL that does not exist, or that the user may not see. */
export function NotFound() {
  const { t } = useLingui();
  const title = t`There is nothing here`;
  useEffect(() => {
    document.title = `${title} · Atrium`;
  }, [title]);
  return (
    <main>
      <EmptyState
        isPage
        title={title}
        action={
          <Link to="/today">
            <Trans>Go to Today</Trans>
          </Link>
        }
      >
        <Trans>It may be gone, or it is not for you to see.</Trans>
      </EmptyState>
    </main>
  );
}
