import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { client } from '../../../live/client.ts';
import { signOut } from '../../../live/session.ts';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { CodeField } from '../../../ui/field/text-field.tsx';
import { useInstance } from '../hooks.ts';
import { clearLink, secretOfLink } from '../link-secret.ts';
import styles from '../parts/auth-page.module.css';
import { AuthPage, FormNote, FormProblem } from '../parts/auth-page.tsx';

export interface VerifyEmailProps {
  /** The address to verify. */
  email: string;
  isVerified: boolean;
  onDone: () => void;
  /** Continues without verification, if the instance permits it. */
  onLater?: (() => void) | undefined;
}

/** Verifies the address of the signed-in user, with the code of the mail or by its link. */
export function VerifyEmailScreen({ email, isVerified, onDone, onLater }: VerifyEmailProps) {
  const { t } = useLingui();
  const instance = useInstance();
  const [code] = useState(() => secretOfLink('code'));
  const [note, setNote] = useState<string>();
  const formElement = useRef<HTMLFormElement>(null);
  const { form, isBusy, errors, problem } = useForm({
    fields: { code_wrong: 'otp', invalid_input: 'otp' },
    send: async ({ otp = '' }) => {
      await client.call('auth.verifyEmail', { otp });
      clearLink();
      onDone();
    },
  });
  const isTried = useRef(false);
  useEffect(() => {
    if (code === '' || isVerified || isTried.current) return;
    isTried.current = true;
    formElement.current?.requestSubmit();
  }, [code, isVerified]);

  const sendAgain = async () => {
    try {
      await client.call('auth.resendVerification', {});
      setNote(t`A new code is on its way. The one before no longer works.`);
    } catch (error) {
      setNote(problemText(error));
    }
  };
  if (isVerified) {
    return (
      <AuthPage title={t`Your address is verified`} intro={<Trans>{email} is yours.</Trans>}>
        <Button variant="primary" size={40} wide onClick={onDone}>
          <Trans>Continue</Trans>
        </Button>
      </AuthPage>
    );
  }
  return (
    <AuthPage
      title={t`Verify your address`}
      intro={<Trans>A code with six digits was mailed to {email}. It works for ten minutes.</Trans>}
      foot={
        <Button variant="plain" onClick={() => void signOut()}>
          <Trans>Use another account</Trans>
        </Button>
      }
    >
      <form {...form} ref={formElement} className={styles.form}>
        <CodeField
          name="otp"
          label={t`Code from the mail`}
          required
          minLength={6}
          defaultValue={code}
          error={errors.otp}
          autoFocus
        />
        <FormProblem>{problem}</FormProblem>
        <FormNote>{note}</FormNote>
        {instance?.hasMailbox && (
          <p className={styles.note}>
            <Trans>
              No mail server is set up here, so mails are kept on this machine.{' '}
              <a href="/mailbox" target="_blank" rel="noreferrer">
                Open the mailbox
              </a>
            </Trans>
          </p>
        )}
        <Button type="submit" variant="primary" size={40} wide busy={isBusy}>
          <Trans>Verify</Trans>
        </Button>
      </form>
      <div className={styles.between}>
        <Button variant="plain" onClick={() => void sendAgain()}>
          <Trans>Mail me a new code</Trans>
        </Button>
        {onLater && (
          <Button variant="plain" onClick={onLater}>
            <Trans>Later</Trans>
          </Button>
        )}
      </div>
    </AuthPage>
  );
}
