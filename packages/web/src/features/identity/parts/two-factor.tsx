import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useOperation } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { List, Row } from '../../../ui/layout/pane.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { useMe } from '../hooks.ts';
import { DisableTwoFactor } from './disable-two-factor.tsx';
import { EnableTwoFactor } from './enable-two-factor.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import styles from './settings.module.css';

type Step =
  | { kind: 'enable'; method: 'totp' | 'email' }
  | { kind: 'disable' }
  | { kind: 'codes'; codes: readonly string[] };

/** The second factors of the account. */
export function TwoFactor() {
  const { t } = useLingui();
  const { emailVerified } = useMe();
  const { data, refetch } = useOperation('auth.twoFactor', {});
  const [step, setStep] = useState<Step>();
  if (!emailVerified) {
    return (
      <p className={styles.words}>
        <Trans>
          <Link to="/verify-email?returnTo=/account/security">Verify your address</Link> first: it is the way back in.
        </Trans>
      </p>
    );
  }
  if (!data) return null;
  const end = (codes?: readonly string[]) => {
    setStep(codes && codes.length > 0 ? { kind: 'codes', codes } : undefined);
    void refetch();
  };
  if (step?.kind === 'codes') return <RecoveryCodes codes={step.codes} onClose={() => setStep(undefined)} />;
  if (step?.kind === 'enable') {
    return <EnableTwoFactor method={step.method} onDone={end} onCancel={() => setStep(undefined)} />;
  }
  if (step?.kind === 'disable') return <DisableTwoFactor onDone={() => end()} onCancel={() => setStep(undefined)} />;
  const has = (method: 'totp' | 'email') => data.methods.includes(method);
  const isOn = data.methods.length > 0;
  const add = (method: 'totp' | 'email') => (
    <Button size={28} onClick={() => setStep({ kind: 'enable', method })}>
      <Trans>Turn on</Trans>
    </Button>
  );
  return (
    <>
      <p className={styles.words}>
        <Trans>Signing in then takes your password and a code that only you get.</Trans>
      </p>
      <List label={t`Second steps`}>
        <Row sub={t`The safest: a code from an app on your phone`} end={has('totp') ? t`On` : add('totp')}>
          <Trans>Authenticator app</Trans>
        </Row>
        <Row sub={t`A code is mailed to you`} end={has('email') ? t`On` : add('email')}>
          <Trans>E-mail</Trans>
        </Row>
        {isOn && (
          <Row sub={plural(data.recoveryCodes, { one: '# is left', other: '# are left' })}>
            <Trans>Recovery codes</Trans>
          </Row>
        )}
      </List>
      {isOn && (
        <p className={styles.words}>
          <Button variant="plain" onClick={() => setStep({ kind: 'disable' })}>
            <Trans>Turn the second step off</Trans>
          </Button>
        </p>
      )}
    </>
  );
}
