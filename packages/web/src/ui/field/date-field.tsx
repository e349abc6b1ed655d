import { useEffect, useRef } from 'react';
import { TextField, type TextFieldProps } from './text-field.tsx';

export interface DateFieldProps
  extends Omit<TextFieldProps, 'type' | 'value' | 'defaultValue' | 'onChange' | 'onBlur' | 'ref'> {
  /** The stored day, YYYY-MM-DD; empty for none. */
  day: string;
  /** A whole day within `min` and `max` was entered, or the field was cleared. */
  onDay: (day: string) => void;
}

/**
 * A field for a day. The browser holds what is typed: while a part is empty, or a year has too few digits, nothing is
 * reported. What is typed stays until another day is stored, or the field is left.
 */
export function DateField({ day, onDay, min = '1970-01-01', max = '2200-12-31', ...field }: DateFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const showStored = () => {
    if (input.current && input.current.value !== day) input.current.value = day;
  };
  useEffect(showStored, [day]);
  return (
    <TextField
      {...field}
      ref={input}
      type="date"
      min={min}
      max={max}
      defaultValue={day}
      onChange={({ target: { value, validity } }) => validity.valid && value !== day && onDay(value)}
      onBlur={showStored}
    />
  );
}
