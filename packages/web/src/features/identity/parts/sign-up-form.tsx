import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { signUp } from '../commands.ts';
import { useInstance } from '../hooks.ts';
import styles from './auth-page.module.css';
import { FormProblem } from './auth-page.tsx';
import { EmailField, PasswordField } from './fields.tsx';

export interface SignUpFormProps {
  action: ReactNode;
  /** @param isIn false if the mail to the address says how to continue */
  onDone: (isIn: boolean, email: string) => void;
}

/** Creates an account. */
export function SignUpForm({ action, onDone }: SignUpFormProps) {
  const { t } = useLingui();
  const instance = useInstance();
  const { form, isBusy, errors, problem } = useForm({
    fields: { email_taken: 'email', password_refused: 'password' },
    send: async (values) => {
      const isIn = await signUp(values, instance?.neutralRegistration ?? false);
      onDone(isIn, values.email ?? '');
    },
  });
  return (
    <form {...form} className={styles.form}>
      <TextField
        name="name"
        label={t`Name`}
        autoComplete="name"
        required
        minLength={2}
        maxLength={100}
        error={errors.name}
      />
      <EmailField error={errors.email} />
      <PasswordField isNew label={t`Password`} error={errors.password} />
      <FormProblem>{problem}</FormProblem>
      <Button type="submit" variant="primary" size={40} wide busy={isBusy}>
        {action ?? <Trans>Create account</Trans>}
      </Button>
    </form>
  );
}
