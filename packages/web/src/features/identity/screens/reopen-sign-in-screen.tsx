import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { client } from '../../../live/client.ts';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { forgetLink, secretOfLink } from '../link-secret.ts';
import styles from '../parts/door.module.css';
import { Door, FormProblem } from '../parts/door.tsx';
import { IncompleteLink } from '../parts/incomplete-link.tsx';

/** Lets the password in again after too many wrong ones. */
export function ReopenSignInScreen() {
  const { t } = useLingui();
  const [token] = useState(() => secretOfLink('token'));
  const [isDone, setDone] = useState(false);
  const { form, isBusy, problem } = useForm({
    send: async () => {
      await client.api.auth.reopenSignIn({ token });
      forgetLink();
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
      <Door title={t`Your password is taken again`} intro={t`Sign in as before.`} foot={another}>
        <Link to="/sign-in">
          <Trans>Sign in</Trans>
        </Link>
      </Door>
    );
  }
  return (
    <Door
      title={t`Let your password in again`}
      intro={t`Wrong passwords were tried on your account too many times in a row, so none is taken for now.`}
      foot={another}
    >
      <form {...form} className={styles.form}>
        <FormProblem>{problem}</FormProblem>
        <Button type="submit" variant="primary" size={40} wide busy={isBusy}>
          <Trans>Let my password in again</Trans>
        </Button>
      </form>
    </Door>
  );
}
