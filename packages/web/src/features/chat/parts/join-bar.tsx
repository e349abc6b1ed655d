import type { LiveConversation } from '@atrium/client';
import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { client } from '../../../live/client.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Banner } from '../../../ui/feedback/banner.tsx';

/** Replaces the composer in a public channel that the user has not joined. */
export function JoinBar({ conversation: { id, name } }: { conversation: Pick<LiveConversation, 'id' | 'name'> }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const join = async () => {
    setBusy(true);
    try {
      await client.call('conversations.join', { conversationId: id });
    } catch (error) {
      setProblem(problemText(error));
    }
    setBusy(false);
  };
  return (
    <Banner
      tone={problem ? 'brick' : 'pool'}
      action={
        <Button variant="primary" busy={busy} onClick={() => void join()}>
          <Trans>Join</Trans>
        </Button>
      }
    >
      {problem ?? <Trans>You are looking at #{name}. Join to write and to hear what is new.</Trans>}
    </Banner>
  );
}
