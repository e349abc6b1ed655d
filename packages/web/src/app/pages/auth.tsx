import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import {
  clearLink,
  joinCodeOfLink,
  readChallenge,
  SignInScreen,
  SignUpScreen,
  secretOfLink,
  useMe,
  VerifyEmailScreen,
} from '../../features/identity/index.ts';
import { JoinScreen } from '../../features/workspaces/index.ts';
import { rememberWorkspace } from '../shell/current-workspace.ts';

export { ForgotPasswordScreen, ReopenSignInScreen, ResetPasswordScreen } from '../../features/identity/index.ts';

function useReturn() {
  const navigate = useNavigate();
  const { returnTo = '/', error } = useSearch({ strict: false }) as { returnTo?: string; error?: string };
  return { returnTo, error, go: (to: string) => void navigate({ href: to, replace: true }) };
}

export function SignInPage() {
  const navigate = useNavigate();
  const { returnTo, error, go } = useReturn();
  // Set by the server if an account signed in through a provider needs a second factor.
  const [asked] = useState(() => readChallenge(secretOfLink()));
  const [next] = useState(asked?.returnTo ?? returnTo);
  useEffect(() => {
    if (!asked) return;
    // Removes it from the history; the guard reads the destination from the URL.
    clearLink();
    void navigate({ href: `/login?returnTo=${encodeURIComponent(next)}`, replace: true });
  }, [asked, navigate, next]);
  return <SignInScreen returnTo={next} error={error} challenge={asked?.challenge} onSignedIn={() => go(next)} />;
}

export function SignUpPage() {
  const { returnTo, go } = useReturn();
  // An invited person joins first; the code of the mail is requested when it is needed.
  const next = returnTo === '/' ? '/verify-email' : returnTo;
  return <SignUpScreen returnTo={returnTo} onSignedUp={() => go(next)} />;
}

export function VerifyEmailPage() {
  const { returnTo, go } = useReturn();
  const { email, emailVerified } = useMe();
  return (
    <VerifyEmailScreen
      email={email}
      isVerified={emailVerified}
      onDone={() => go(returnTo)}
      onLater={() => go(returnTo)}
    />
  );
}

export function JoinPage() {
  const { go } = useReturn();
  const [code] = useState(joinCodeOfLink);
  const navigate = useNavigate();
  const joined = useCallback(
    (workspaceId: string) => {
      clearLink();
      rememberWorkspace(workspaceId);
      void navigate({ href: '/', replace: true });
    },
    [navigate],
  );
  return <JoinScreen code={code} onJoined={joined} onVerify={() => go('/verify-email?returnTo=/join')} />;
}
