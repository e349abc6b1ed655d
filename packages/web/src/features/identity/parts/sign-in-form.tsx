import { Trans, useLingui } from '@lingui/react/macro';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Checkbox } from '../../../ui/choice/choice.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { signIn } from '../commands.ts';
import type { Challenge } from '../model/challenge.ts';
import styles from './auth-page.module.css';
import { FormProblem } from './auth-page.tsx';
import { EmailField, PasswordField } from './fields.tsx';

export interface SignInFormProps {
  email?: string | undefined;
  /** The previous error. */
  before?: string | undefined;
  onSignedIn: () => void;
  onChallenge: (challenge: Challenge) => void;
}

/** Address and password. */
export function SignInForm({ email, before, onSignedIn, onChallenge }: SignInFormProps) {
  const { t } = useLingui();
  const { form, isBusy, errors, problem } = useForm({
    send: async (values) => {
      const challenge = await signIn(values);
      if (challenge) onChallenge(challenge);
      else onSignedIn();
    },
  });
  return (
    <form {...form} className={styles.form}>
      <EmailField error={errors.email} defaultValue={email} />
      <PasswordField error={errors.password} />
      <div className={styles.between}>
        <Checkbox name="remember" value="yes" label={t`Keep me signed in`} defaultChecked />
        <Link to="/forgot-password">
          <Trans>Forgot it?</Trans>
        </Link>
      </div>
      <FormProblem>{problem ?? before}</FormProblem>
      <Button type="submit" variant="primary" size={40} wide busy={isBusy}>
        <Trans>Sign in</Trans>
      </Button>
    </form>
  );
}
