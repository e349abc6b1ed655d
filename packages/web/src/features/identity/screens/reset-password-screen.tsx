import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { client } from '../../../live/client.ts';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { clearLink, secretOfLink } from '../link-secret.ts';
import { regionOfBrowser } from '../model/region.ts';
import styles from '../parts/auth-page.module.css';
import { AuthPage, FormProblem } from '../parts/auth-page.tsx';
import { PasswordField } from '../parts/fields.tsx';
import { IncompleteLink } from '../parts/incomplete-link.tsx';

/** The target of a password-reset link. */
export function ResetPasswordScreen() {
  const { t } = useLingui();
  const [token] = useState(() => secretOfLink('token'));
  const [isDone, setDone] = useState(false);
  const { form, isBusy, errors, problem } = useForm({
    fields: { password_refused: 'password' },
    send: async ({ password = '' }) => {
      await client.api.auth.resetPassword({ token, password, ...regionOfBrowser() });
      clearLink();
      setDone(true);
    },
  });
  if (token === '') return <IncompleteLink />;
  if (isDone) {
    return (
      <AuthPage
        title={t`The new password is set`}
        intro={t`All your devices are signed out. Sign in with the new password; a second step is asked for as before.`}
      >
        <Link to="/sign-in">
          <Trans>Sign in</Trans>
        </Link>
      </AuthPage>
    );
  }
  return (
    <AuthPage title={t`Set a new password`} intro={t`All your devices are signed out with it.`}>
      <form {...form} className={styles.form}>
        <PasswordField isNew error={errors.password} />
        <FormProblem>{problem}</FormProblem>
        <Button type="submit" variant="primary" size={40} wide busy={isBusy}>
          <Trans>Set password</Trans>
        </Button>
      </form>
    </AuthPage>
  );
}
