import { AtriumError } from '@atrium/client';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { type FormEvent, useRef, useState } from 'react';
import { fieldProblems, problemText } from '../i18n/problems.ts';

/** The values of a form's fields, by name. */
export type FormValues = Readonly<Record<string, string>>;

export interface FormOptions {
  /** The field of a refusal, by its code; other refusals are shown below the form. */
  fields?: Readonly<Record<string, string>>;
  /** Submits the form. Errors are shown. */
  send: (values: FormValues) => Promise<void>;
}

/** The state of a form. */
export interface FormState {
  isBusy: boolean;
  /** The error of the whole form; undefined if there is none. */
  problem: string | undefined;
  /** The errors of fields, by name. */
  errors: Readonly<Record<string, string | undefined>>;
  /** Props of the `<form>`. */
  form: { noValidate: true; onSubmit: (event: FormEvent<HTMLFormElement>) => void };
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * Submits a form: first validates its fields by their attributes, shows the errors beside them, and focuses the first
 * one. Input is never cleared.
 */
export function useForm({ fields = {}, send }: FormOptions): FormState {
  const { t } = useLingui();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [errors, setErrors] = useState<FormState['errors']>({});
  const sending = useRef(false);

  const fault = (control: Control): string | undefined => {
    const { validity } = control;
    if (validity.valid) return undefined;
    if (validity.valueMissing) return t`Please fill this in.`;
    if (validity.typeMismatch && control.type === 'url') return t`Please enter an address such as https://example.org.`;
    if (validity.typeMismatch) return t`Please enter an address such as ann@example.org.`;
    const min = 'minLength' in control ? control.minLength : 0;
    if (validity.tooShort)
      return plural(min, { one: 'Use at least # character.', other: 'Use at least # characters.' });
    return t`This is not filled in right.`;
  };

  const show = (next: FormState['errors'], form: HTMLFormElement) => {
    setErrors(next);
    const name = Object.keys(next)[0];
    const wrong = name === undefined ? null : form.elements.namedItem(name);
    if (wrong instanceof HTMLElement) wrong.focus();
  };

  const submit = async (form: HTMLFormElement) => {
    const controls = [...form.elements].filter((each): each is Control => 'validity' in each && 'name' in each);
    const faults = controls.flatMap((each) => {
      const text = fault(each);
      return text === undefined || each.name === '' ? [] : [[each.name, text] as const];
    });
    setProblem(undefined);
    show(Object.fromEntries(faults), form);
    if (faults.length > 0 || sending.current) return;
    sending.current = true;
    setBusy(true);
    try {
      const values = [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
      await send(Object.fromEntries(values));
    } catch (error) {
      if (!(error instanceof AtriumError)) throw error;
      const name = fields[error.code];
      const named = name === undefined ? fieldProblems(error) : { [name]: problemText(error) };
      const shown = Object.fromEntries(Object.entries(named).filter(([path]) => form.elements.namedItem(path)));
      if (Object.keys(shown).length === 0) setProblem(problemText(error));
      else show(shown, form);
    } finally {
      sending.current = false;
      setBusy(false);
    }
  };

  return {
    isBusy,
    problem,
    errors,
    form: {
      noValidate: true,
      onSubmit: (event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      },
    },
  };
}
