import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Link } from '../../../ui/link/link.tsx';
import { useInstance } from '../hooks.ts';
import { keptJoinCode } from '../link-secret.ts';
import { AuthPage } from '../parts/auth-page.tsx';
import { ProviderLinks } from '../parts/provider-links.tsx';
import { SignUpForm } from '../parts/sign-up-form.tsx';

export interface SignUpProps {
  returnTo: string;
  onSignedUp: () => void;
}

/** Creates an account. */
export function SignUpScreen({ returnTo, onSignedUp }: SignUpProps) {
  const { t } = useLingui();
  const [mailedTo, setMailedTo] = useState<string>();
  const registration = useInstance()?.registration;
  if (registration === 'closed' || (registration === 'invited' && keptJoinCode() === '')) {
    return (
      <AuthPage
        title={registration === 'closed' ? t`Sign-up is closed` : t`New accounts are by invitation`}
        intro={
          registration === 'closed' ? (
            <Trans>No new accounts can be created here at present.</Trans>
          ) : (
            <Trans>Open the link of your invitation, and create your account from there.</Trans>
          )
        }
        foot={
          <Link to="/sign-in">
            <Trans>Sign in</Trans>
          </Link>
        }
      />
    );
  }
  if (mailedTo !== undefined) {
    return (
      <AuthPage
        title={t`Look into your mail`}
        intro={<Trans>What to do next was mailed to {mailedTo}. The link there works for an hour.</Trans>}
        foot={
          <Link to="/sign-in">
            <Trans>Sign in</Trans>
          </Link>
        }
      />
    );
  }
  return (
    <AuthPage
      title={t`Create your account`}
      foot={
        <Trans>
          You have one? <Link to={`/sign-in?returnTo=${encodeURIComponent(returnTo)}`}>Sign in</Link>
        </Trans>
      }
    >
      <SignUpForm
        action={<Trans>Create account</Trans>}
        onDone={(isIn, email) => (isIn ? onSignedUp() : setMailedTo(email))}
      />
      <ProviderLinks returnTo={returnTo} />
    </AuthPage>
  );
}
