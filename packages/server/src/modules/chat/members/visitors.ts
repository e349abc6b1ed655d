import type { Transaction } from '../../../platform/database/index.ts';
import type { Work } from '../../../platform/module/index.ts';
import { holdProfiles } from '../../identity/index.ts';
import { announcePeople } from '../../workspaces/index.ts';
import { membersByConversation } from '../rows/member-store.ts';
import type { ConversationMemberRow } from '../rows/tables.ts';
import { type Visitor, visitorsIn } from './visitor-store.ts';

type Publishing = Pick<Work, 'tx' | 'append'>;

function tell(context: Publishing, { workspaceId, userId: viewerId }: Visitor, userIds: readonly string[]): void {
  announcePeople(
    context,
    { workspaceId, viewerId },
    userIds.filter((id) => id !== viewerId),
  );
}

async function memberIdsOf(tx: Transaction, conversationIds: readonly string[]): Promise<Map<string, string[]>> {
  const members = await membersByConversation(tx, conversationIds);
  return new Map([...members].map(([id, rows]) => [id, rows.map((row) => row.account_id)]));
}

/** Tells the guests and customers of a conversation which people they see after these have joined. */
export async function announceJoined(
  context: Publishing,
  conversationId: string,
  added: readonly ConversationMemberRow[],
): Promise<void> {
  const visitors = await visitorsIn(context.tx, [conversationId]);
  if (visitors.length === 0) return;
  const newcomers = added.map((row) => row.account_id);
  const everyone = (await memberIdsOf(context.tx, [conversationId])).get(conversationId) ?? [];
  const isNew = ({ userId }: Visitor) => newcomers.includes(userId);
  // A concurrent change of name waits, and then tells those who see the person only now.
  await holdProfiles(context.tx, visitors.some(isNew) ? everyone : newcomers);
  for (const visitor of visitors) tell(context, visitor, isNew(visitor) ? everyone : newcomers);
}

/** Tells the guests and customers of conversations, and a person who has left them, whom they may no longer see. */
export async function announceLeft(
  context: Publishing,
  userId: string,
  conversationIds: readonly string[],
): Promise<void> {
  const visitors = await visitorsIn(context.tx, conversationIds, userId);
  if (visitors.length === 0) return;
  const left = await memberIdsOf(context.tx, conversationIds);
  for (const visitor of visitors) {
    tell(context, visitor, visitor.userId === userId ? (left.get(visitor.conversationId) ?? []) : [userId]);
  }
}

/** The same for all members of conversations that are about to be deleted. */
export async function announceRemoval(context: Publishing, conversationIds: readonly string[]): Promise<void> {
  const visitors = await visitorsIn(context.tx, conversationIds);
  if (visitors.length === 0) return;
  const members = await memberIdsOf(context.tx, conversationIds);
  for (const visitor of visitors) {
    tell(context, visitor, members.get(visitor.conversationId) ?? []);
  }
}
