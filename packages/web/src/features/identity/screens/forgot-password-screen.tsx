import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { client } from '../../../live/client.ts';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Link } from '../../../ui/link/link.tsx';
import styles from '../parts/auth-page.module.css';
import { AuthPage, FormProblem } from '../parts/auth-page.tsx';
import { EmailField } from '../parts/fields.tsx';

/** Requests a password-reset link. */
export function ForgotPasswordScreen() {
  const { t } = useLingui();
  const [mailedTo, setMailedTo] = useState<string>();
  const { form, isBusy, errors, problem } = useForm({
    send: async ({ email = '' }) => {
      await client.api.auth.forgotPassword({ email });
      setMailedTo(email);
    },
  });
  const back = (
    <Link to="/sign-in">
      <Trans>Back to signing in</Trans>
    </Link>
  );
  if (mailedTo !== undefined) {
    return (
      <AuthPage
        title={t`Look into your mail`}
        intro={
          <Trans>
            If there is an account for {mailedTo}, a link is on its way. It works once, within an hour. Nothing came?
            Look among unwanted mail, and at the spelling.
          </Trans>
        }
        foot={back}
      />
    );
  }
  return (
    <AuthPage
      title={t`Forgot your password?`}
      intro={t`Enter the address of your account. A link to set a new password is mailed there.`}
      foot={back}
    >
      <form {...form} className={styles.form}>
        <EmailField error={errors.email} />
        <FormProblem>{problem}</FormProblem>
        <Button type="submit" variant="primary" size={40} wide busy={isBusy}>
          <Trans>Mail me a link</Trans>
        </Button>
      </form>
    </AuthPage>
  );
}
