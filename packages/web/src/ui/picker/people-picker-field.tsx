import { Combobox } from '@base-ui/react/combobox';
import { useId, useState } from 'react';
import { Avatar } from '../avatar/avatar.tsx';
import { Icon } from '../icon/icon.tsx';
import { CheckIcon, CloseIcon } from '../icons.ts';
import type { PeoplePickerProps, Person } from './person.ts';
import styles from './picker.module.css';

/** The field of the picker: chips of the chosen people, and a list of the matching ones. */
export default function PeoplePickerField({
  label,
  people,
  chosen,
  onChange,
  placeholder,
  none,
  removeLabel,
}: PeoplePickerProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <Combobox.Root
      multiple
      autoHighlight
      open={open}
      onOpenChange={setOpen}
      items={people}
      value={chosen as Person[]}
      onValueChange={onChange}
      itemToStringLabel={({ name, username }: Person) => (username ? `${name} @${username}` : name)}
      isItemEqualToValue={(one: Person, other: Person) => one.id === other.id}
    >
      <div className={styles.field}>
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
        <Combobox.InputGroup className={styles.group}>
          <Combobox.Chips className={styles.chips}>
            {chosen.map((person) => (
              <Combobox.Chip key={person.id} className={styles.chip} aria-label={person.name}>
                <Avatar
                  id={person.id}
                  name={person.name}
                  picture={person.picture}
                  size="xs"
                  kind={person.isBot ? 'bot' : 'person'}
                />
                <bdi>{person.name}</bdi>
                <Combobox.ChipRemove className={styles.remove} aria-label={removeLabel(person.name)}>
                  <Icon of={CloseIcon} small />
                </Combobox.ChipRemove>
              </Combobox.Chip>
            ))}
            <Combobox.Input
              id={id}
              className={styles.input}
              placeholder={chosen.length > 0 ? undefined : placeholder}
              autoComplete="off"
              onKeyDown={(event) => {
                // Escape closes the list, then the dialog around it; it never removes all chosen people.
                if (event.key === 'Escape' && !open) event.preventBaseUIHandler();
              }}
            />
          </Combobox.Chips>
        </Combobox.InputGroup>
      </div>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} collisionPadding={8} className={styles.positioner}>
          <Combobox.Popup className={styles.popup}>
            <Combobox.Empty className={styles.empty}>{none}</Combobox.Empty>
            <Combobox.List className={styles.list}>
              {(person: Person) => (
                <Combobox.Item key={person.id} value={person} className={styles.item}>
                  <Avatar
                    id={person.id}
                    name={person.name}
                    picture={person.picture}
                    size="s"
                    kind={person.isBot ? 'bot' : 'person'}
                  />
                  <bdi className={styles.name}>{person.name}</bdi>
                  {person.username && <span className={styles.username}>@{person.username}</span>}
                  <Combobox.ItemIndicator className={styles.check}>
                    <Icon of={CheckIcon} small />
                  </Combobox.ItemIndicator>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
