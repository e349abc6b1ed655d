import type { LiveConversation } from '@atrium/client';
import { useLingui } from '@lingui/react/macro';
import { ConversationFiles } from '../../../files/index.ts';
import { usePerson } from '../../hooks.ts';

/** The files in a conversation. */
export function FilesPart({ conversation: { id, workspaceId } }: { conversation: LiveConversation }) {
  return (
    <ConversationFiles conversationId={id} nameOf={(userId) => <Name workspaceId={workspaceId} userId={userId} />} />
  );
}

function Name({ workspaceId, userId }: { workspaceId: string; userId: string }) {
  const { t } = useLingui();
  return usePerson(workspaceId, userId)?.name ?? t`Somebody who left`;
}
