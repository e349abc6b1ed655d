import { Popover } from '@base-ui/react/popover';
import styles from './popover.module.css';
import type { PopoverProps } from './popover-props.ts';

/** The panel of a popover; a click on its own button is left to that button. */
export default function PopoverPopup({
  anchor,
  onClose,
  label,
  side = 'bottom',
  align = 'start',
  children,
}: PopoverProps & { anchor: HTMLElement }) {
  return (
    <Popover.Root
      open
      onOpenChange={(open, { event }) => {
        if (!open && !(event.target instanceof Node && event.type !== 'keydown' && anchor.contains(event.target)))
          onClose();
      }}
    >
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={styles.positioner}
        >
          <Popover.Popup aria-label={label} finalFocus={() => anchor} className={styles.popup}>
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
