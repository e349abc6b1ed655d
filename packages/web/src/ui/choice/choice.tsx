import { type ComponentProps, type ReactNode, useId } from 'react';
import { classes } from '../classes.ts';
import { Icon } from '../icon/icon.tsx';
import type { IconType } from '../icons.ts';
import styles from './choice.module.css';

interface ChoiceProps extends Omit<ComponentProps<'input'>, 'type' | 'id'> {
  label: ReactNode;
  hint?: ReactNode;
}

/** A checkbox of a form. */
export function Checkbox(props: ChoiceProps) {
  return <Choice {...props} type="checkbox" look={styles.box} />;
}

/** A radio button; those with the same `name` belong together. */
export function Radio(props: ChoiceProps) {
  return <Choice {...props} type="radio" look={styles.dot} />;
}

/** A switch, which takes effect immediately. */
export function Switch(props: ChoiceProps) {
  return <Choice {...props} type="checkbox" role="switch" look={styles.switch} />;
}

function Choice({ label, hint, look, ...input }: ChoiceProps & { type: string; look: string | undefined }) {
  const id = useId();
  return (
    <div className={styles.choice}>
      <input {...input} id={id} className={look} aria-describedby={hint ? `${id}-hint` : undefined} />
      <label htmlFor={id}>{label}</label>
      {hint && (
        <span id={`${id}-hint`} className={styles.hint}>
          {hint}
        </span>
      )}
    </div>
  );
}

/** A round checkbox for completing an item. */
export function RoundCheck({ label, ...input }: Omit<ComponentProps<'input'>, 'type'> & { label: string }) {
  return <input {...input} type="checkbox" aria-label={label} className={styles.round} />;
}

/** A checkbox in a table, labelled by its row and column. */
export function Tick({ label, ...input }: Omit<ComponentProps<'input'>, 'type'> & { label: string }) {
  return <input {...input} type="checkbox" aria-label={label} className={styles.box} />;
}

/** A checkbox in the form of a chip; `label` is its full name. */
export function ToggleChip({
  label,
  children,
  ...input
}: Omit<ComponentProps<'input'>, 'type'> & { label: string; children: ReactNode }) {
  return (
    <label className={styles.toggle}>
      <input {...input} type="checkbox" aria-label={label} />
      <span aria-hidden>{children}</span>
    </label>
  );
}

export interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; icon?: IconType; count?: number }[];
  onChange: (value: Value) => void;
}

/** A choice of a few options, all visible. */
export function Segmented<Value extends string>({ label, value, options, onChange }: SegmentedProps<Value>) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={styles.segmented}>
      {options.map((option) => (
        <label key={option.value} className={classes(styles.segment, option.value === value && styles.on)}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          {option.icon && <Icon of={option.icon} small />}
          {option.label}
          {option.count !== undefined && <span className={styles.number}>{option.count}</span>}
        </label>
      ))}
    </div>
  );
}
