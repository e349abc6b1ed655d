import { type Receipt, sizes } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { preferencesById } from '../../identity/index.ts';
import { presentReceipt } from '../rows/present.ts';
import type { ConversationMemberRow } from '../rows/tables.ts';

/** Those of the users who hide their receipts; they do not see others' receipts either. */
export async function usersHidingReceipts(db: Executor, userIds: readonly string[]): Promise<Set<string>> {
  const preferences = await preferencesById(db, userIds);
  return new Set(userIds.filter((id) => preferences.get(id)?.hideReceipts));
}

/** True if a conversation with this many members shares receipts. */
export function sharesReceipts(memberCount: number): boolean {
  return memberCount <= sizes.sharedReceipts;
}

/** The receipts that are shared with all members of a conversation who share theirs. */
export function sharedReceipts(members: readonly ConversationMemberRow[], hidden: ReadonlySet<string>): Receipt[] {
  if (!sharesReceipts(members.length)) return [];
  return members.filter((member) => !hidden.has(member.account_id)).map(presentReceipt);
}

/**
 * The receipts of a conversation that one user sees, in the order of the members.
 * @param hidden the users who hide their receipts
 */
export function receiptsSeenBy(
  viewerId: string,
  members: readonly ConversationMemberRow[],
  hidden: ReadonlySet<string>,
): Receipt[] {
  const viewer = members.find((member) => member.account_id === viewerId);
  if (viewer === undefined) return [];
  if (!sharesReceipts(members.length) || hidden.has(viewerId)) return [presentReceipt(viewer)];
  return members.filter((member) => member === viewer || !hidden.has(member.account_id)).map(presentReceipt);
}
