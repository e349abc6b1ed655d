import { type InputFault, sizes, type WorkspaceRole } from '@atrium/protocol';
import { problem, type Work } from '../../../platform/module/index.ts';
import { holdMemberships } from '../../workspaces/index.ts';
import { announceCan } from '../can/can.ts';
import { releaseCases } from '../cases/cases.ts';
import { deletePersonalItemsIn } from '../cleanup/removal-store.ts';
import { hideFrom, membersHidingReceipts, reshareReceipts } from '../receipts/sharing.ts';
import {
  atConversationLimit,
  deleteMember,
  insertMembers,
  memberCounts,
  type NewMember,
} from '../rows/member-store.ts';
import { MAX_CONVERSATIONS, mayBeIn } from '../rows/policy.ts';
import { presentMember, presentReceipt } from '../rows/present.ts';
import { conversationStream } from '../rows/stream.ts';
import type { ConversationMemberRow, ConversationRow } from '../rows/tables.ts';
import { ensureManager } from './succession.ts';
import { announceJoined, announceLeft } from './visitors.ts';

/** The part of a command context that these functions use; the caller has locked the rows. */
export type ChatContext = Pick<Work, 'tx' | 'append' | 'now' | 'tell'>;

/** A person in the input, and the path of the field. */
export interface Named {
  userId: string;
  path: string;
}

function faults(errors: InputFault[]): void {
  if (errors.length > 0) throw problem('invalid_input', { errors });
}

/**
 * Checks that people may be members of a conversation of this kind, and keeps them in the workspace until the
 * transaction ends. Call it before locking the conversation: workspaces are always locked first.
 * @returns their workspace roles by user id
 * @throws `invalid_input` for people who are not in the workspace or whose role does not permit it, `conflict` for
 * people who are in the maximum number of conversations
 */
export async function admit(
  { tx }: ChatContext,
  { workspaceId, kind }: { workspaceId: string; kind: ConversationRow['kind'] },
  people: readonly Named[],
): Promise<Map<string, WorkspaceRole>> {
  const ids = people.map(({ userId }) => userId);
  const roles = new Map((await holdMemberships(tx, workspaceId, ids)).map(({ userId, role }) => [userId, role]));
  const fault = (code: string, message: string) => (path: string) => ({ path, code, message });
  const stranger = fault('not_member', 'is not a member of the workspace');
  const unfit = fault('role', 'has a role in the workspace that does not go with this kind of conversation');
  faults(
    people.flatMap(({ userId, path }) => {
      const role = roles.get(userId);
      if (role === undefined) return [stranger(path)];
      return mayBeIn(kind, role) ? [] : [unfit(path)];
    }),
  );
  if ((await atConversationLimit(tx, ids)).length > 0) {
    throw problem('conflict', `One person can be in ${MAX_CONVERSATIONS} conversations.`);
  }
  return roles;
}

/**
 * Adds members to a conversation and tells them and all members; existing members are unchanged.
 * @returns the rows of new members, by user id
 */
export async function addMembers(
  context: ChatContext,
  conversationId: string,
  people: readonly NewMember[],
): Promise<ConversationMemberRow[]> {
  const { tx, append, now } = context;
  const added = await insertMembers(tx, conversationId, people, now);
  if (added.length === 0) return [];
  const stream = conversationStream(conversationId);
  const hidden = (await membersHidingReceipts(tx, [conversationId])).get(conversationId);
  for (const row of added) {
    const userId = row.account_id;
    const member = presentMember(row);
    const closed = { conversationId, member, receipt: null };
    append(`user:${userId}`, 'conversation:joined', { conversationId, userId }, { follow: [stream] });
    if (hidden === undefined || hidden.has(userId)) {
      append(stream, 'conversation:memberJoined', closed, { join: [userId] });
    } else {
      const open = { conversationId, member, receipt: presentReceipt(row) };
      append(stream, 'conversation:memberJoined', open, { join: [userId], ...hideFrom(hidden, closed) });
    }
  }
  await announceJoined(context, conversationId, added);
  await announceGrowth(context, conversationId, added);
  return added;
}

/**
 * Removes a member from conversations, and tells them and the remaining members.
 * @returns the ids of the conversations that they were in
 */
export async function removeMember(
  context: ChatContext,
  userId: string,
  conversationIds: readonly string[],
): Promise<string[]> {
  const { tx, append, tell } = context;
  const left = await deleteMember(tx, userId, conversationIds);
  await deletePersonalItemsIn(tx, userId, left);
  if (left.length > 0) await tell('conversation:memberRemoved', { userId, conversationIds: left });
  for (const conversationId of left) {
    const stream = conversationStream(conversationId);
    append(stream, 'conversation:memberLeft', { conversationId, userId }, { leave: [userId] });
    append(`user:${userId}`, 'conversation:left', { conversationId }, { unfollow: [stream] });
  }
  await announceLeft(context, userId, left);
  await releaseCases(context, userId, left);
  await ensureManager(context, left);
  if (left.length > 0) await announceShrinking(context, left);
  return left;
}

/** Tells existing members when a conversation became too large for everyone to mention everyone. */
async function announceGrowth(
  context: ChatContext,
  conversationId: string,
  added: readonly ConversationMemberRow[],
): Promise<void> {
  const members = (await memberCounts(context.tx, [conversationId])).get(conversationId) ?? 0;
  const before = members - added.length;
  if (before > sizes.mentionAll || members <= sizes.mentionAll) return;
  const newcomers = new Set(added.map((row) => row.account_id));
  await announceCan(context, { conversationIds: [conversationId] }, (now) =>
    newcomers.has(now.viewerId) ? now : { ...now, members: before },
  );
}

/**
 * Handles a conversation that became smaller when a member left: below one limit all receipts are shared, which nobody
 * has seen until now; below another everyone may mention everyone again.
 */
async function announceShrinking(context: ChatContext, conversationIds: readonly string[]): Promise<void> {
  const counts = await memberCounts(context.tx, conversationIds);
  const shrunkTo = (size: number) => conversationIds.filter((id) => counts.get(id) === size);
  const shared = shrunkTo(sizes.sharedReceipts);
  if (shared.length > 0) await reshareReceipts(context, shared);
  await announceCan(context, { conversationIds: shrunkTo(sizes.mentionAll) }, (now) => ({
    ...now,
    members: sizes.mentionAll + 1,
  }));
}
