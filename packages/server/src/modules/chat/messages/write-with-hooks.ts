import type { Transact } from '../../../platform/module/index.ts';
import type { WrittenMessage } from '../rows/written-message.ts';
import type { CachedConversation } from './conversation-cache-store.ts';
import { type MessageDraft, type Placed, writeMessagesIn } from './message-writer-store.ts';

/** A draft with the cached conversation that its sender was checked against. */
export interface HookedDraft extends MessageDraft {
  conversation: CachedConversation;
}

/** Thrown to roll back the work of hooks if one of the messages cannot be placed. */
class Unplaced extends Error {}

function toWritten({ conversation, ...draft }: HookedDraft): WrittenMessage {
  const { id, conversationId, senderId, content, via = null } = draft;
  const { workspaceId, kind, name: conversationName, members } = conversation;
  const place = { conversationId, workspaceId, kind, conversationName, members };
  return { id, senderId, content, via, ...place, threadId: null, mentioned: [], followers: [] };
}

/**
 * Writes messages together with the work of other modules for them, atomically.
 * @returns nothing if one of them cannot be placed, because its stream is locked or its audience has changed
 */
export function writeWithHooks(
  transact: Transact,
  drafts: readonly HookedDraft[],
  options: { waits: boolean },
): Promise<Placed[]> {
  const writing = transact({ actorId: null }, async ({ tx, tell }) => {
    await tell('messages:writing', { messages: drafts.map(toWritten) });
    const placed = await writeMessagesIn(tx, drafts, options);
    if (placed.length < drafts.length) throw new Unplaced();
    await tell('messages:placed', { messages: placed });
    return placed;
  });
  return writing.catch((error: unknown) => {
    if (error instanceof Unplaced) return [];
    throw error;
  });
}
