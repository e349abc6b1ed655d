/** A person who can be chosen. */
export interface Person {
  id: string;
  name: string;
  username: string | null;
  picture: string | null;
  isBot: boolean;
}

export interface PeoplePickerProps {
  label: string;
  people: readonly Person[];
  chosen: readonly Person[];
  onChange: (chosen: Person[]) => void;
  placeholder?: string | undefined;
  /** Shown if nobody matches. */
  none: string;
  /** The name of the button that removes a person. */
  removeLabel: (name: string) => string;
}
