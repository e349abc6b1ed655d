import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { client } from '../../../live/client.ts';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { CodeField, TextField } from '../../../ui/field/text-field.tsx';
import { finishSignIn } from '../commands.ts';
import type { Challenge } from '../model/challenge.ts';
import styles from './auth-page.module.css';
import { AuthPage, FormNote, FormProblem } from './auth-page.tsx';

export interface SecondStepProps {
  challenge: Challenge;
  onSignedIn: () => void;
  onBack: () => void;
}

/** The second factor of a sign-in: a code from the app, a mailed code, or a recovery code. */
export function SecondStep({ challenge, onSignedIn, onBack }: SecondStepProps) {
  const { t } = useLingui();
  const [kind, setKind] = useState<'code' | 'recovery'>('code');
  const [note, setNote] = useState<string>();
  const { form, isBusy, errors, problem } = useForm({
    fields: { challenge_failed: 'code' },
    send: async ({ code = '' }) => {
      await finishSignIn(challenge.id, code);
      onSignedIn();
    },
  });
  const sendMail = async () => {
    try {
      await client.api.auth.resendOtp({ challengeId: challenge.id });
      setNote(t`A code is on its way to your mailbox.`);
    } catch (error) {
      setNote(problemText(error));
    }
  };
  const hasApp = challenge.methods.includes('totp');
  return (
    <AuthPage
      title={t`One more step`}
      intro={
        kind === 'recovery'
          ? t`Enter one of the recovery codes that you have kept.`
          : hasApp
            ? t`Enter the code that your authenticator app shows.`
            : t`Enter the code that was mailed to you.`
      }
      foot={
        <Button variant="plain" onClick={onBack}>
          <Trans>Sign in as somebody else</Trans>
        </Button>
      }
    >
      <form {...form} className={styles.form}>
        {kind === 'code' ? (
          <CodeField name="code" label={t`Code`} required minLength={6} error={errors.code} autoFocus />
        ) : (
          <TextField
            name="code"
            label={t`Recovery code`}
            required
            minLength={6}
            error={errors.code}
            autoComplete="off"
            autoFocus
          />
        )}
        <FormProblem>{problem}</FormProblem>
        <FormNote>{note}</FormNote>
        <Button type="submit" variant="primary" size={40} wide busy={isBusy}>
          <Trans>Continue</Trans>
        </Button>
      </form>
      <div className={styles.between}>
        {challenge.methods.includes('email') && (
          <Button variant="plain" onClick={() => void sendMail()}>
            <Trans>Mail me a code</Trans>
          </Button>
        )}
        <Button variant="plain" onClick={() => setKind(kind === 'code' ? 'recovery' : 'code')}>
          {kind === 'code' ? <Trans>Use a recovery code</Trans> : <Trans>Use a code</Trans>}
        </Button>
      </div>
    </AuthPage>
  );
}
