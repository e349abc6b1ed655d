import { Tooltip } from '@base-ui/react/tooltip';
import { Kbd } from '../text/kbd.tsx';
import styles from './tooltip.module.css';

/** The text of the tooltip, beside its element. The element's name contains it, so it is hidden from screen readers. */
export default function TooltipPopup({
  anchor,
  text,
  keys,
}: {
  anchor: HTMLElement;
  text: string;
  keys: string | undefined;
}) {
  return (
    <Tooltip.Root open>
      <Tooltip.Portal>
        <Tooltip.Positioner
          anchor={anchor}
          side="top"
          sideOffset={6}
          collisionPadding={8}
          className={styles.positioner}
        >
          <Tooltip.Popup aria-hidden className={styles.popup}>
            {text}
            {keys && <Kbd keys={keys} />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
