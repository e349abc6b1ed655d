import type { Work } from '../../../platform/module/index.ts';
import { parseMentions } from '../mentions/parse.ts';
import { resolveMentions } from '../mentions/resolve.ts';
import { deleteMentions, insertMentions, lockMentions } from '../mentions/store.ts';
import type { MessageRow } from '../rows/tables.ts';
import { readCachedConversation } from './conversation-cache-store.ts';

/** The part of a message row with its mentions. */
type Mentions = Pick<MessageRow, 'mentions' | 'mention_scope'>;

const hasAny = ({ mentions, mention_scope }: Mentions) => mentions !== null || mention_scope !== null;

/** Tells people that a message no longer mentions them. */
function publishMentionRemoved({ append }: Work, message: MessageRow, userIds: readonly string[]): void {
  const data = { conversationId: message.conversation_id, messageId: message.id, seq: message.seq };
  for (const userId of userIds) append(`user:${userId}`, 'mention:removed', data);
}

/** Removes the mentions of a deleted message. Its conversation is held, and it is locked. */
export async function removeMentionsOf(work: Work, message: MessageRow): Promise<void> {
  if (!hasAny(message)) return;
  publishMentionRemoved(work, message, await deleteMentions(work.tx, message, await lockMentions(work.tx, message)));
}

/**
 * Updates the mentions of an edited message: new people are notified, and mentions of others are removed. If it has the
 * same @channel or @here as before, the people whom that mentioned stay. The conversation is held and the message
 * locked.
 */
export async function changeMentions(
  work: Work,
  message: MessageRow,
  content: string,
  isHere: (userId: string) => boolean,
): Promise<Mentions> {
  const mentioned = parseMentions(content);
  if (mentioned === undefined && !hasAny(message)) return { mentions: null, mention_scope: null };
  const { tx } = work;
  const { conversation_id: conversationId, sender_id: senderId } = message;
  const conversation = await readCachedConversation(tx, conversationId);
  const source = { conversationId, senderId, mentioned };
  const meant = await resolveMentions(tx, source, conversation?.members ?? new Set(), isHere);
  const before = await lockMentions(tx, message);
  const keepsScope = meant.scope !== null && meant.scope === message.mention_scope;
  const named = meant.named.filter((id) => id !== senderId);
  const after = new Set(keepsScope ? [...before, ...named] : meant.everyone);
  const known = new Set(before);
  const added = [...after].filter((id) => !known.has(id)).sort();
  if (added.length > 0) {
    await insertMentions(tx, message, added);
    if (conversation !== undefined) await notifyAdded(work, { ...message, content }, conversation, added);
    for (const userId of added) work.append(`user:${userId}`, 'mention:received', { messageId: message.id });
  }
  const removed = before.filter((id) => !after.has(id));
  publishMentionRemoved(work, message, await deleteMentions(tx, message, removed));
  if (removed.length > 0) await work.tell('message:mentionsRemoved', { messageId: message.id, userIds: removed });
  return { mentions: meant.named.length > 0 ? meant.named : null, mention_scope: meant.scope };
}

/** Calls the hooks of other modules as for a new message to these people only. */
async function notifyAdded(
  work: Work,
  { id, seq, content, via, conversation_id: conversationId, sender_id: senderId, thread_id: threadId }: MessageRow,
  { workspaceId, kind, name: conversationName }: NonNullable<Awaited<ReturnType<typeof readCachedConversation>>>,
  added: readonly string[],
): Promise<void> {
  const place = { conversationId, conversationName, kind, threadId, workspaceId };
  const people = { senderId, via, members: new Set(added), mentioned: added, followers: [] };
  await work.tell('messages:writing', { messages: [{ id, content, ...place, ...people }] });
  await work.tell('messages:placed', { messages: [{ id, seq }] });
}
