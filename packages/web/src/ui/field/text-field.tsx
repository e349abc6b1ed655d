import type { ComponentProps, ReactNode } from 'react';
import { classes } from '../classes.ts';
import { codeDigits } from './code-digits.ts';
import styles from './field.module.css';
import { FieldFrame, type FieldProps } from './field-frame.tsx';

export type TextFieldProps = FieldProps &
  Omit<ComponentProps<'input'>, 'id'> & {
    /** A small button or text inside the field, at its end. */
    end?: ReactNode;
  };

/** A single-line text field. */
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

/** A multi-line text field, which grows with its content. */
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

/** A native select, which works on every phone. */
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

/** A field for a code of six digits, drawn as six boxes: pasting and autofill work, because it is one field. */
export function CodeField({ length = 6, ...props }: TextFieldProps & { length?: number }) {
  return (
    <TextField
      inputMode="numeric"
      autoComplete="one-time-code"
      spellCheck={false}
      {...props}
      onInput={({ currentTarget: input, nativeEvent }) => {
        // Not `maxLength`, which truncates a pasted "123 456" before the space can be removed.
        const digits = codeDigits(input.value).slice(0, length);
        const isComposing = nativeEvent instanceof InputEvent && nativeEvent.isComposing;
        if (!isComposing && input.value !== digits) input.value = digits;
      }}
      className={styles.code}
      style={{ '--length': length } as React.CSSProperties}
    />
  );
}

/** Removes undefined values, so that the frame's defaults apply. */
function frame(props: { [Name in keyof FieldProps]: FieldProps[Name] | undefined } & { label: string }): FieldProps {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as unknown as FieldProps;
}
