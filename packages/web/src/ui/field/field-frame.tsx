import { type ReactNode, useId } from 'react';
import { classes } from '../classes.ts';
import { Icon } from '../icon/icon.tsx';
import { DoneIcon, ProblemIcon } from '../icons.ts';
import styles from './field.module.css';

export interface FieldProps {
  label: string;
  /** The label is for screen readers only. */
  hideLabel?: boolean;
  hint?: ReactNode;
  error?: ReactNode;
  /** The value is valid, for instance a free username. */
  ok?: ReactNode;
  /** Reserves the line below for hint and error, so that nothing moves when one appears. */
  reserve?: boolean;
}

/** The attributes that connect a control to its label, hint and error. */
export interface ControlProps {
  id: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

/** A control with its label above, and hint or error below. */
export function FieldFrame({
  label,
  hideLabel,
  hint,
  error,
  ok,
  reserve,
  children,
}: FieldProps & { children: (control: ControlProps) => ReactNode }) {
  const id = useId();
  const below = error ?? ok ?? hint;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={classes(styles.label, hideLabel && styles.hidden)}>
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': below ? `${id}-below` : undefined,
      })}
      {(below || reserve) && (
        <div
          id={`${id}-below`}
          className={classes(styles.below, Boolean(error) && styles.error, !error && Boolean(ok) && styles.ok)}
          aria-live="polite"
        >
          {error ? <Icon of={ProblemIcon} small /> : ok && <Icon of={DoneIcon} small />}
          <span>{below}</span>
        </div>
      )}
    </div>
  );
}
