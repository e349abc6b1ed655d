import type { Transaction } from '../../../platform/database/index.ts';
import type { Work } from '../../../platform/module/index.ts';
import type { StreamEffect } from '../../../platform/stream/index.ts';
import { memberCounts, membersOf } from '../rows/member-store.ts';
import { conversationStream } from '../rows/stream.ts';
import { sharesReceipts, usersHidingReceipts } from './receipts.ts';

/**
 * The members who hide their receipts, and so do not see others', by conversation. Conversations that are too large to
 * share receipts are missing.
 */
export async function membersHidingReceipts(
  tx: Transaction,
  conversationIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  const counts = await memberCounts(tx, conversationIds);
  const sharing = conversationIds.filter((id) => sharesReceipts(counts.get(id) ?? 0));
  const members = await membersOf(tx, sharing);
  const hiding = await usersHidingReceipts(tx, [...new Set(members.map((member) => member.account_id))]);
  const byConversation = new Map(sharing.map((id) => [id, new Set<string>()]));
  for (const { conversation_id, account_id } of members) {
    if (hiding.has(account_id)) byConversation.get(conversation_id)?.add(account_id);
  }
  return byConversation;
}

/** The effect for an event with receipts: users who hide their own get other data. */
export function hideFrom(hidden: ReadonlySet<string>, data: Record<string, unknown>): StreamEffect {
  return hidden.size > 0 ? { instead: { users: [...hidden].sort(), data } } : {};
}

/** Sends everybody again whose receipts they may see. The caller has locked the conversations. */
export async function reshareReceipts(
  { tx, append }: Pick<Work, 'tx' | 'append'>,
  conversationIds: readonly string[],
): Promise<void> {
  for (const [conversationId, hidden] of await membersHidingReceipts(tx, conversationIds)) {
    const effect = hideFrom(hidden, { conversationId, receipts: [] });
    append(conversationStream(conversationId), 'conversation:receipts', { conversationId }, effect);
  }
}
