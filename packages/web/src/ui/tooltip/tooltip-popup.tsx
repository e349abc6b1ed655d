import { Tooltip } from '@base-ui/react/tooltip';
import { Kbd } from '../text/kbd.tsx';
import styles from './tooltip.module.css';

/** What the tooltip says, beside its element. The element's own name says the same, so it is hidden from readers. */
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
