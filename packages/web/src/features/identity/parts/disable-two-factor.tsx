import { Trans, useLingui } from '@lingui/react/macro';
import { client } from '../../../live/client.ts';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { FormProblem } from './auth-page.tsx';
import { PasswordField } from './fields.tsx';
import styles from './settings.module.css';

/** Disables two-factor authentication: requires the password and a code. */
export function DisableTwoFactor({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const { t } = useLingui();
  const { form, isBusy, errors, problem } = useForm({
    fields: { password_wrong: 'password', reauthentication_required: 'password', code_wrong: 'code' },
    send: async ({ password = '', code = '' }) => {
      await client.call('auth.disableTwoFactor', { password, code });
      onDone();
    },
  });
  return (
    <form {...form} className={styles.form}>
      <p>
        <Trans>From then on your password alone opens your account.</Trans>
      </p>
      <PasswordField error={errors.password} />
      <TextField
        name="code"
        label={t`Code`}
        hint={t`From the app or the mail, or a recovery code.`}
        required
        minLength={6}
        maxLength={32}
        autoComplete="one-time-code"
        error={errors.code}
      />
      <FormProblem>{problem}</FormProblem>
      <div className={styles.buttons}>
        <Button type="submit" variant="danger" busy={isBusy}>
          <Trans>Turn off</Trans>
        </Button>
        <Button onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  );
}
