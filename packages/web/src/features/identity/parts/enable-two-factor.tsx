import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { client } from '../../../live/client.ts';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { CodeField, TextField } from '../../../ui/field/text-field.tsx';
import { FormProblem } from './auth-page.tsx';
import { PasswordField } from './fields.tsx';
import { QrCode } from './qr-code.tsx';
import styles from './settings.module.css';

export interface EnableTwoFactorProps {
  method: 'totp' | 'email';
  /** @param codes recovery codes, if it is the first second factor */
  onDone: (codes?: readonly string[]) => void;
  onCancel: () => void;
}

/** Enables a second factor: the password, then a first code to confirm it. */
export function EnableTwoFactor({ method, onDone, onCancel }: EnableTwoFactorProps) {
  const [started, setStarted] = useState<{ secret?: string | undefined; uri?: string | undefined }>();
  const begin = useForm({
    fields: { password_wrong: 'password', reauthentication_required: 'password' },
    send: async ({ password = '' }) => setStarted(await client.call('auth.enableTwoFactor', { method, password })),
  });
  if (started) return <Confirm {...started} method={method} onDone={onDone} onCancel={onCancel} />;
  return (
    <form {...begin.form} className={styles.form}>
      <PasswordField error={begin.errors.password} />
      <FormProblem>{begin.problem}</FormProblem>
      <div className={styles.buttons}>
        <Button type="submit" variant="primary" busy={begin.isBusy}>
          <Trans>Continue</Trans>
        </Button>
        <Button onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  );
}

function Confirm({
  method,
  secret,
  uri,
  onDone,
  onCancel,
}: EnableTwoFactorProps & { secret?: string | undefined; uri?: string | undefined }) {
  const { t } = useLingui();
  const { form, isBusy, errors, problem } = useForm({
    fields: { code_wrong: 'code' },
    send: async ({ code = '' }) => onDone((await client.call('auth.confirmTwoFactor', { method, code })).recoveryCodes),
  });
  return (
    <form {...form} className={styles.form}>
      {uri === undefined ? (
        <p>
          <Trans>A code was mailed to you. Enter it here.</Trans>
        </p>
      ) : (
        <>
          <p>
            <Trans>Scan this with the app, or type the secret into it. Then enter the code that it shows.</Trans>
          </p>
          <QrCode text={uri} label={t`QR code for the authenticator app`} />
          <TextField
            label={t`Secret`}
            value={secret ?? ''}
            readOnly
            onFocus={(event) => event.currentTarget.select()}
          />
        </>
      )}
      <CodeField name="code" label={t`Code`} required minLength={6} error={errors.code} />
      <FormProblem>{problem}</FormProblem>
      <div className={styles.buttons}>
        <Button type="submit" variant="primary" busy={isBusy}>
          <Trans>Turn on</Trans>
        </Button>
        <Button onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  );
}
