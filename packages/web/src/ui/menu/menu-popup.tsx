import { Menu } from '@base-ui/react/menu';
import { classes } from '../classes.ts';
import { Icon } from '../icon/icon.tsx';
import { CheckIcon } from '../icons.ts';
import { Kbd } from '../text/kbd.tsx';
import styles from './menu.module.css';
import type { MenuEntry } from './menu-entry.ts';
import type { MenuProps } from './menu-props.ts';

/** The popup of a menu. A click on its own button is left to that button, which closes it. */
export default function MenuPopup({
  anchor,
  returnFocus,
  onClose,
  label,
  entries,
  side = 'bottom',
  align = 'start',
}: MenuProps & { anchor: HTMLElement }) {
  return (
    <Menu.Root
      open
      modal={false}
      onOpenChange={(open, { event }) => {
        if (!open && !(event.target instanceof Node && event.type !== 'keydown' && anchor.contains(event.target)))
          onClose();
      }}
    >
      <Menu.Portal>
        <Menu.Positioner
          anchor={anchor}
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={styles.positioner}
        >
          <Menu.Popup
            aria-label={label}
            aria-labelledby={undefined}
            finalFocus={() => returnFocus ?? anchor}
            className={styles.popup}
          >
            {entries.map((entry, at) => (
              <Entry key={keyOf(entry, at)} entry={entry} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry === 'line') return <Menu.Separator className={styles.line} />;
  if ('heading' in entry) return <div className={styles.heading}>{entry.heading}</div>;
  const { label, icon, keys, danger, checked, disabledReason, onSelect } = entry;
  return (
    <Menu.Item
      className={classes(styles.item, danger && styles.danger)}
      disabled={disabledReason !== undefined}
      onClick={onSelect}
      {...(checked !== undefined && { role: 'menuitemradio', 'aria-checked': checked })}
    >
      {icon && <Icon of={icon} small />}
      <span className={styles.label}>
        {label}
        {disabledReason && <span className={styles.reason}>{disabledReason}</span>}
      </span>
      {checked && <Icon of={CheckIcon} small />}
      {keys && <Kbd keys={keys} />}
    </Menu.Item>
  );
}

function keyOf(entry: MenuEntry, at: number): string {
  if (entry === 'line') return `line ${at}`;
  return 'heading' in entry ? entry.heading : entry.label;
}
