import type { Transact } from '../../../platform/module/index.ts';
import { refusedCredentials } from '../../identity/index.ts';
import type { WrittenMessage } from '../rows/written-message.ts';
import type { CachedConversation } from './conversation-cache-store.ts';
import { type MessageDraft, type WriteOutcome, writeMessagesIn } from './message-writer-store.ts';

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
 * @returns nothing placed if one of them cannot be, because its caller is refused, its stream is locked or its audience
 *   has changed
 */
export function writeWithHooks(
  transact: Transact,
  drafts: readonly HookedDraft[],
  options: { waits: boolean },
): Promise<WriteOutcome> {
  const writing = transact({ actorId: null }, async ({ tx, tell }): Promise<WriteOutcome> => {
    // Before the hooks take their locks.
    const refused = await refusedCredentials(
      tx,
      drafts.map(({ caller }) => caller),
      options,
    );
    if (refused.size > 0) return { placed: [], refused };
    await tell('messages:writing', { messages: drafts.map(toWritten) });
    const written = await writeMessagesIn(tx, drafts, options);
    if (written.placed.length < drafts.length) throw new Unplaced();
    await tell('messages:placed', { messages: written.placed });
    return written;
  });
  return writing.catch((error: unknown): WriteOutcome => {
    if (error instanceof Unplaced) return { placed: [], refused: new Set() };
    throw error;
  });
}
