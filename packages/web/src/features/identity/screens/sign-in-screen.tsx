import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Link } from '../../../ui/link/link.tsx';
import type { Challenge } from '../model/challenge.ts';
import { AuthPage } from '../parts/auth-page.tsx';
import { ProviderLinks } from '../parts/provider-links.tsx';
import { SecondStep } from '../parts/second-step.tsx';
import { SignInForm } from '../parts/sign-in-form.tsx';
import { useProviderProblem } from '../parts/use-provider-problem.ts';

export interface SignInProps {
  /** The destination after signing in. */
  returnTo: string;
  /** Why signing in through a provider failed. */
  error?: string | undefined;
  /** A second factor that is already required. */
  challenge?: Challenge | undefined;
  onSignedIn: () => void;
}

/** Signs in, with a second factor if the account has one. */
export function SignInScreen({ returnTo, error, challenge: asked, onSignedIn }: SignInProps) {
  const { t } = useLingui();
  const [challenge, setChallenge] = useState(asked);
  const providerProblem = useProviderProblem(error);
  if (challenge) {
    return <SecondStep challenge={challenge} onSignedIn={onSignedIn} onBack={() => setChallenge(undefined)} />;
  }
  return (
    <AuthPage
      title={t`Welcome back`}
      foot={
        <Trans>
          No account yet? <Link to={`/sign-up?returnTo=${encodeURIComponent(returnTo)}`}>Create one</Link>
        </Trans>
      }
    >
      <SignInForm before={providerProblem} onSignedIn={onSignedIn} onChallenge={setChallenge} />
      <ProviderLinks returnTo={returnTo} />
    </AuthPage>
  );
}
