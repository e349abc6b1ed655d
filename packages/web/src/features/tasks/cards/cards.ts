import type { TaskCard } from '@atrium/protocol';
import { batched } from '../../../live/batch.ts';
import { client } from '../../../live/client.ts';
import { usePartOf } from '../../../live/use-operation.ts';

/** Maximum number of messages per request. */
const MOST = 200;

const askers = new Map<string, (messageId: string) => Promise<TaskCard[] | undefined>>();

/** Requests the cards of messages of one conversation. */
function askerOf(conversationId: string) {
  const known = askers.get(conversationId);
  if (known) return known;
  const asker = batched<TaskCard[]>(async (messageIds) => {
    const { items } = await client.call('tasks.ofMessages', { conversationId, messageIds: [...messageIds] });
    return new Map(
      messageIds.map((id) => [id, items.filter(({ messageId }) => messageId === id).map(({ card }) => card)]),
    );
  }, MOST);
  askers.set(conversationId, asker);
  return asker;
}

/** The tasks that a message links to or was turned into, if the user sees them. */
export function useMessageCards(conversationId: string, messageId: string): readonly TaskCard[] {
  const ask = askerOf(conversationId);
  return usePartOf('tasks.ofMessages', messageId, async (id) => (await ask(id)) ?? []).data ?? [];
}
