import { Trans, useLingui } from '@lingui/react/macro';
import { Door, SignUpForm } from '../../identity/index.ts';

/** The first thing on a new instance: the account of whoever looks after it. */
export function WelcomeScreen({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  return (
    <Door
      withArt
      title={t`Make this place yours`}
      intro={t`You are the first one here, so you will look after it. Two more steps follow.`}
    >
      <SignUpForm action={<Trans>Continue</Trans>} onDone={onDone} />
    </Door>
  );
}
