import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { client } from '../../../live/client.ts';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { clearLink, secretOfLink } from '../link-secret.ts';
import styles from '../parts/auth-page.module.css';
import { AuthPage, FormProblem } from '../parts/auth-page.tsx';
import { IncompleteLink } from '../parts/incomplete-link.tsx';

/** Turns password sign-in back on after too many wrong passwords. */
export function ReopenSignInScreen() {
  const { t } = useLingui();
  const [token] = useState(() => secretOfLink('token'));
  const [isDone, setDone] = useState(false);
  const { form, isBusy, problem } = useForm({
    send: async () => {
      await client.api.auth.reopenSignIn({ token });
      clearLink();
      setDone(true);
    },
  });
  if (token === '') return <IncompleteLink />;
  const another = (
    <Trans>
      Was it not you who tried? Then <Link to="/forgot-password">set a new password</Link> as well.
    </Trans>
  );
  if (isDone) {
    return (
      <AuthPage title={t`Password sign-in is back on`} intro={t`Sign in as before.`} foot={another}>
        <Link to="/sign-in">
          <Trans>Sign in</Trans>
        </Link>
      </AuthPage>
    );
  }
  return (
    <AuthPage
      title={t`Turn password sign-in back on`}
      intro={t`Too many wrong passwords were entered for your account in a row, so signing in with a password is paused.`}
      foot={another}
    >
      <form {...form} className={styles.form}>
        <FormProblem>{problem}</FormProblem>
        <Button type="submit" variant="primary" size={40} wide busy={isBusy}>
          <Trans>Turn password sign-in back on</Trans>
        </Button>
      </form>
    </AuthPage>
  );
}
