import type { ComponentProps, ReactNode } from 'react';
import { classes } from '../classes.ts';
import { codeDigits } from './code-digits.ts';
import styles from './field.module.css';
import { FieldFrame, type FieldProps } from './field-frame.tsx';

export type TextFieldProps = FieldProps &
  Omit<ComponentProps<'input'>, 'id'> & {
    /** A small button or word inside the field, at its end. */
    end?: ReactNode;
  };

/** One line of text. */
export function TextField({ label, hideLabel, hint, error, ok, reserve, end, className, ...input }: TextFieldProps) {
  return (
    <FieldFrame {...frame({ label, hideLabel, hint, error, ok, reserve })}>
      {(control) => (
        <span className={styles.box}>
          <input {...input} {...control} className={classes(styles.input, Boolean(end) && styles.withEnd, className)} />
          {end && <span className={styles.end}>{end}</span>}
        </span>
      )}
    </FieldFrame>
  );
}

/** Several lines of text; grows with them. */
export function TextArea({
  label,
  hideLabel,
  hint,
  error,
  ok,
  reserve,
  className,
  ...area
}: FieldProps & Omit<ComponentProps<'textarea'>, 'id'>) {
  return (
    <FieldFrame {...frame({ label, hideLabel, hint, error, ok, reserve })}>
      {(control) => (
        <textarea
          rows={3}
          dir="auto"
          {...area}
          {...control}
          className={classes(styles.input, styles.area, className)}
        />
      )}
    </FieldFrame>
  );
}

/** One of a few, as the system shows it: works on every phone. */
export function Select({
  label,
  hideLabel,
  hint,
  error,
  ok,
  reserve,
  className,
  ...select
}: FieldProps & Omit<ComponentProps<'select'>, 'id'>) {
  return (
    <FieldFrame {...frame({ label, hideLabel, hint, error, ok, reserve })}>
      {(control) => <select {...select} {...control} className={classes(styles.input, styles.select, className)} />}
    </FieldFrame>
  );
}

/** A code of six digits, drawn as six boxes: pasting and one-time-code filling work, since it is one field. */
export function CodeField({ length = 6, ...props }: TextFieldProps & { length?: number }) {
  return (
    <TextField
      inputMode="numeric"
      autoComplete="one-time-code"
      spellCheck={false}
      {...props}
      onInput={({ currentTarget: input, nativeEvent }) => {
        // Not `maxLength`, which cuts a pasted "123 456" before the space can be removed.
        const digits = codeDigits(input.value).slice(0, length);
        const isComposing = nativeEvent instanceof InputEvent && nativeEvent.isComposing;
        if (!isComposing && input.value !== digits) input.value = digits;
      }}
      className={styles.code}
      style={{ '--length': length } as React.CSSProperties}
    />
  );
}

/** Leaves out what was not given, so that the frame's own defaults hold. */
function frame(props: { [Name in keyof FieldProps]: FieldProps[Name] | undefined } & { label: string }): FieldProps {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as unknown as FieldProps;
}
