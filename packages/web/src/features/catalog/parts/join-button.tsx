import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { Button } from '../../../ui/button/button.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { joinShop } from '../commands.ts';

/** Becomes a customer of a shop. */
export function JoinButton({ workspaceId }: { workspaceId: string }) {
  const { t } = useLingui();
  const [isBusy, setBusy] = useState(false);
  const join = async () => {
    setBusy(true);
    try {
      await joinShop(workspaceId);
      showToast({ kind: 'done', title: t`You are a customer now` });
    } catch (error) {
      showToast({ kind: 'problem', title: t`You did not become a customer`, body: problemText(error) });
    }
    setBusy(false);
  };
  return (
    <Button variant="primary" busy={isBusy} onClick={() => void join()}>
      <Trans>Become a customer</Trans>
    </Button>
  );
}
