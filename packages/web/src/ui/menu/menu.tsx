import { useRef, useState } from 'react';
import { Button, type ButtonProps, IconButton, type IconButtonProps } from '../button/button.tsx';
import { MenuPopup } from '../popups.ts';
import type { MenuProps } from './menu-props.ts';

/** A menu beside an element; one menu serves a whole list if its anchor moves. */
export function Menu(props: MenuProps) {
  return props.open && props.anchor && <MenuPopup {...props} anchor={props.anchor} />;
}

type Opens = Pick<MenuProps, 'entries' | 'side' | 'align'>;

/** A button with an icon that opens a menu. */
export function MenuIconButton({ entries, side, align, ...button }: IconButtonProps & Opens) {
  const { anchor, open, trigger, close } = useMenuTrigger();
  return (
    <>
      <IconButton {...button} {...trigger} />
      <Menu
        anchor={anchor.current}
        open={open}
        onClose={close}
        label={button.label}
        entries={entries}
        side={side}
        align={align}
      />
    </>
  );
}

/** A button with a text that opens a menu. */
export function MenuButton({ entries, side, align, label, ...button }: ButtonProps & Opens & { label: string }) {
  const { anchor, open, trigger, close } = useMenuTrigger();
  return (
    <>
      <Button {...button} {...trigger} />
      <Menu
        anchor={anchor.current}
        open={open}
        onClose={close}
        label={label}
        entries={entries}
        side={side}
        align={align}
      />
    </>
  );
}

/** The props with which a custom button opens a menu. */
export function useMenuTrigger() {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return {
    anchor,
    open,
    close: () => setOpen(false),
    trigger: {
      ref: anchor,
      'aria-haspopup': 'menu' as const,
      'aria-expanded': open,
      onClick: () => setOpen(!open),
    },
  };
}
