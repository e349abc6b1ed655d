import { Trans, useLingui } from '@lingui/react/macro';
import { SignInForm } from '../../features/identity/index.ts';
import { useSessionStatus } from '../../live/session.ts';
import { useLive } from '../../live/use-live.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';

/** Signed out elsewhere: asks the user to sign in again over the page, so that no input is lost. */
export function SessionEnded() {
  const { t } = useLingui();
  const isEnded = useSessionStatus() === 'ended';
  const email = useLive(({ me }) => me?.email);
  return (
    <Dialog
      open={isEnded}
      onClose={() => location.assign('/sign-in')}
      title={t`You are signed out`}
      description={
        <Trans>This device was signed out. Sign in again to go on; what you have typed is still here.</Trans>
      }
    >
      <SignInForm email={email} onSignedIn={() => undefined} onChallenge={() => location.assign('/sign-in')} />
    </Dialog>
  );
}
