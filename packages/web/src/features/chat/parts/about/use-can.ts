import type { LiveConversation, OutputNamed } from '@atrium/client';
import { useOperation } from '../../../../live/use-operation.ts';

type Can = OutputNamed<'conversations.get'>['can'];

/** What I may do with a conversation; everything is refused until the server has said. */
export function useCan({
  id,
  version,
  archivedAt,
}: Pick<LiveConversation, 'id' | 'version' | 'archivedAt'>): Partial<Can> {
  const { data, refetch } = useOperation('conversations.get', { conversationId: id });
  // What was asked before the conversation changed is asked again.
  if (data && (data.version !== version || data.archivedAt !== archivedAt)) void refetch();
  return data?.can ?? {};
}
