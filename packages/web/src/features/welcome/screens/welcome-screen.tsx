import { Trans, useLingui } from '@lingui/react/macro';
import { AuthPage, SignUpForm, secretOfLink, useInstance } from '../../identity/index.ts';

/** The first thing on a new instance: the account of whoever looks after it. */
export function WelcomeScreen({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const needsSetupLink = useInstance()?.needsSetupLink ?? false;
  if (needsSetupLink && secretOfLink('setup') === '') {
    return (
      <AuthPage
        withArt
        title={t`Make this place yours`}
        intro={t`The first account is made through the link that the server shows in its terminal when it starts.`}
      />
    );
  }
  return (
    <AuthPage
      withArt
      title={t`Make this place yours`}
      intro={t`You are the first one here, so you will look after it. Two more steps follow.`}
    >
      <SignUpForm action={<Trans>Continue</Trans>} onDone={onDone} />
    </AuthPage>
  );
}
