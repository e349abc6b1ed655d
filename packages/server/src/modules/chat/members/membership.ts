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

/** What these functions use of a command: the caller holds its rows, they write and tell. */
export type ChatContext = Pick<Work, 'tx' | 'append' | 'now' | 'tell'>;

/** A person named in the input, and where. */
export interface Named {
  userId: string;
  path: string;
}

function faults(errors: InputFault[]): void {
  if (errors.length > 0) throw problem('invalid_input', { errors });
}

/**
 * Checks that people may be put into a conversation of this kind, and keeps them in the workspace until the
 * transaction ends. Call it before locking the conversation: workspaces come first everywhere.
 * @returns their roles in the workspace by user id
 * @throws `invalid_input` naming who is not in the workspace or not of a fitting role, `conflict` for who is in as many
 * conversations as one may be
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
 * Puts people into a conversation and tells them and everyone in it; who is in it already stays as they are.
 * @returns the rows of those who were not in it before, by user id
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
 * Takes someone out of conversations, and tells them and everyone left.
 * @returns the ids of those that they were in
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

/** Tells those who were in a conversation before it became too large for everyone to mention everyone. */
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
 * A conversation that one member has left, and that has just become small enough, shows everybody's receipts, which
 * nobody has seen until now; in one that is somewhat larger everyone may mention everyone again.
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
