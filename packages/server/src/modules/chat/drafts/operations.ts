import { drafts, sizes } from '@atrium/protocol';
import { command, type Implementation, problem } from '../../../platform/module/index.ts';
import { lockMessage, sentBefore } from '../rows/message-store.ts';
import { lockPersonalItems } from '../rows/personal-lock-store.ts';
import { presentDraft } from './present.ts';
import { countDrafts, deleteDraft, draftsAt, putDraft } from './store.ts';

/** Operations on drafts. */
export const draftOperations: readonly Implementation[] = [
  command(drafts.set, async ({ actor, append, input, now, tx }) => {
    const { userId } = actor;
    const { conversationId, threadId = null, content, sendAs: clientMessageId = null } = input;
    const place = { userId, conversationId, threadId };
    // Locked, so that no draft is added to a thread that is being removed.
    const root = threadId === null ? undefined : await lockMessage(tx, threadId);
    if (threadId !== null && (root?.conversation_id !== conversationId || root.thread_id !== null)) {
      const message = 'is not a message of this conversation that a thread can begin with';
      throw problem('invalid_input', { errors: [{ path: 'threadId', code: 'not_found', message }] });
    }
    await lockPersonalItems(tx, userId);
    const isEmpty = content.trim() === '';
    // Calls can arrive in any order, also when one is repeated: text that has become a message is no longer a draft.
    const isSent =
      clientMessageId !== null &&
      (await sentBefore(tx, [{ conversationId, senderId: userId, clientMessageId }])).length > 0;
    const keep = () => (isEmpty ? deleteDraft(tx, place) : putDraft(tx, place, { content, at: now, clientMessageId }));
    const changed = !isSent && (await keep());
    if (changed && !isEmpty && (await countDrafts(tx, userId)) > sizes.drafts) {
      throw problem('conflict', `One person can have ${sizes.drafts} drafts.`);
    }
    if (changed) append(`user:${userId}`, 'draft:updated', place);
    const [draft] = await draftsAt(tx, [place]);
    return { draft: draft ? presentDraft(draft) : null };
  }),
];
