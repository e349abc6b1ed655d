import { Avatar } from '../../../../ui/avatar/avatar.tsx';
import { classes } from '../../../../ui/classes.ts';
import styles from './composer.module.css';
import type { Choice } from './use-choices.ts';

export interface CompletionListProps {
  id: string;
  label: string;
  choices: readonly Choice[];
  active: number;
  onChoose: (choice: Choice) => void;
  onActive: (index: number) => void;
}

/** The list above the composer; the focus stays in the text. */
export function CompletionList({ id, label, choices, active, onChoose, onActive }: CompletionListProps) {
  return (
    <div id={id} role="listbox" aria-label={label} className={styles.choices}>
      {choices.map((choice, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text keeps the focus and handles the keys
        // biome-ignore lint/a11y/useFocusableInteractive: the same
        <div
          key={choice.key}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === active}
          className={classes(styles.choice, at === active && styles.active)}
          onPointerDown={(event) => event.preventDefault()}
          onPointerMove={() => onActive(at)}
          onClick={() => onChoose(choice)}
        >
          {choice.person && <Avatar {...choice.person} size="s" kind={choice.person.isBot ? 'bot' : 'person'} />}
          {choice.emoji && <span aria-hidden>{choice.emoji}</span>}
          <bdi>{choice.label}</bdi>
          {choice.hint && <span className={styles.hint}>{choice.hint}</span>}
        </div>
      ))}
    </div>
  );
}
