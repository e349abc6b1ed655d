import { Autocomplete } from '@base-ui/react/autocomplete';
import { Icon } from '../icon/icon.tsx';
import { SearchIcon } from '../icons.ts';
import { Kbd } from '../text/kbd.tsx';
import styles from './palette.module.css';
import type { PaletteEntry, PaletteGroup, PaletteProps } from './palette-entry.ts';

/** A field and the list of its results; the caller filters and sorts the list. */
export default function PaletteList({ label, placeholder, query, onQuery, groups, empty, foot, onRun }: PaletteProps) {
  return (
    <Autocomplete.Root
      inline
      open
      mode="none"
      autoHighlight="always"
      keepHighlight
      items={groups as PaletteGroup[]}
      value={query}
      onValueChange={(value, { reason }) => reason !== 'item-press' && onQuery(value)}
      itemToStringValue={(entry: PaletteEntry) => entry.label}
    >
      <div className={styles.field}>
        <Icon of={SearchIcon} />
        <Autocomplete.Input
          autoFocus
          aria-label={label}
          placeholder={placeholder}
          className={styles.input}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <Autocomplete.Empty className={styles.empty}>{empty}</Autocomplete.Empty>
      <Autocomplete.List className={styles.list}>
        {(group: PaletteGroup) => (
          <Autocomplete.Group key={group.title} items={group.items} className={styles.group}>
            <Autocomplete.GroupLabel className={styles.title}>{group.title}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(entry: PaletteEntry) => (
                <Autocomplete.Item key={entry.id} value={entry} className={styles.item} onClick={() => onRun(entry)}>
                  <span className={styles.start}>{entry.start}</span>
                  <bdi className={styles.label}>{entry.label}</bdi>
                  {entry.hint && <bdi className={styles.hint}>{entry.hint}</bdi>}
                  {entry.keys && <Kbd keys={entry.keys} />}
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      <div className={styles.foot}>{foot}</div>
    </Autocomplete.Root>
  );
}
