import { PeoplePickerField } from '../popups.ts';
import type { PeoplePickerProps } from './person.ts';

/** Chooses people by typing parts of their names. */
export function PeoplePicker(props: PeoplePickerProps) {
  return <PeoplePickerField {...props} />;
}
