import { describe, expect, it } from 'vitest';
import {
  AT,
  ann,
  bob,
  cat,
  conversation,
  event,
  me,
  message,
  mine,
  ofConversation,
  ofWorkspace,
  received,
  snapshot,
  uuid,
  workspace,
} from '../../test/fixtures.ts';
import type { LiveEvent } from './event.ts';
import { apply, fromSnapshot } from './live-state.ts';

const start = fromSnapshot(snapshot());

function after(...events: LiveEvent[]) {
  return events.reduce(apply, start);
}

const freshen = (change: Parameters<typeof snapshot>[0]) => fromSnapshot(snapshot(change));

describe('apply', () => {
  it('changes nothing in place, and nothing that the event is not about', () => {
    const frozen = deepFreeze(start);
    const { members: _, role: __, ...plain } = workspace;
    const next = apply(frozen, event(ofWorkspace, 1, 'workspace:updated', { ...plain, name: 'Yard', version: 2 }));
    expect(next.workspaces[workspace.id]?.name).toBe('Yard');
    expect(next.conversations).toBe(frozen.conversations);
    expect(next.workspaces[workspace.id]?.members).toBe(frozen.workspaces[workspace.id]?.members);
  });

  it('returns the same object if there is nothing to change', () => {
    const elsewhere = event('conversation:none', 1, 'conversation:updated', { ...conversation, id: uuid(99) });
    expect(apply(start, elsewhere)).toBe(start);
    expect(apply(start, event(ofWorkspace, 1, 'member:left', { workspaceId: workspace.id, userId: uuid(99) }))).toBe(
      start,
    );
    expect(
      apply(start, event(ofConversation, 1, 'pin:removed', { conversationId: conversation.id, messageId: uuid(99) })),
    ).toBe(start);
    expect(apply(start, event(mine, 1, 'stream:skipped', {}))).toBe(start);
    expect(apply(start, { ...elsewhere, type: 'poll:opened' } as unknown as LiveEvent)).toBe(start);
  });

  it('follows the members of a workspace, and their profiles', () => {
    const member = { workspaceId: workspace.id, user: cat, role: 'guest' as const, joinedAt: AT };
    const state = after(
      event(ofWorkspace, 1, 'member:joined', member),
      event(ofWorkspace, 2, 'member:updated', { workspaceId: workspace.id, userId: cat.id, role: 'admin' }),
      event(ofWorkspace, 3, 'user:updated', { workspaceId: workspace.id, ...cat, name: 'Cat B.' }),
      event(ofWorkspace, 4, 'member:left', { workspaceId: workspace.id, userId: bob.id }),
    );
    const members = [workspace.members[0]!, { ...member, role: 'admin' as const, user: { ...cat, name: 'Cat B.' } }];
    expect(state).toEqual(freshen({ workspaces: [{ ...workspace, members }] }));
  });

  it("updates the user's own role", () => {
    const change = { workspaceId: workspace.id, userId: me.id, role: 'member' as const };
    expect(after(event(ofWorkspace, 1, 'member:updated', change)).workspaces[workspace.id]?.role).toBe('member');
  });

  it('adds and removes workspaces and conversations', () => {
    const second = { ...workspace, id: uuid(11), name: 'Cellar' };
    const room = { ...conversation, id: uuid(21), workspaceId: second.id };
    const inside = after(
      event(mine, 1, 'workspace:joined', { workspace: second, asOf: 4 }),
      event(mine, 2, 'conversation:joined', { conversation: room, asOf: 9 }),
    );
    expect(inside).toEqual(freshen({ workspaces: [workspace, second], conversations: [conversation, room] }));
    expect(apply(inside, event(mine, 3, 'workspace:left', { workspaceId: second.id }))).toEqual(start);
    expect(apply(inside, event(mine, 3, 'conversation:left', { conversationId: room.id }))).toEqual(
      freshen({ workspaces: [workspace, second] }),
    );
  });

  it('follows a conversation and its members', () => {
    const {
      members: _,
      receipts: __,
      lastMessage: ___,
      unread: ____,
      threads: _____,
      drafts: ______,
      ...plain
    } = conversation;
    const member = { userId: cat.id, role: 'member' as const, joinedAt: AT };
    const receipt = { userId: cat.id, deliveredSeq: 2, readSeq: 2 };
    const state = after(
      event(ofConversation, 1, 'conversation:updated', { ...plain, topic: 'seeds', version: 2 }),
      event(ofConversation, 2, 'conversation:memberJoined', { conversationId: conversation.id, member, receipt }),
      event(ofConversation, 3, 'conversation:memberLeft', { conversationId: conversation.id, userId: bob.id }),
    );
    const changed = {
      ...conversation,
      topic: 'seeds',
      version: 2,
      members: [conversation.members[0]!, member],
      receipts: [conversation.receipts[0]!, receipt],
    };
    expect(state).toEqual(freshen({ conversations: [changed] }));
  });

  it('shows the last message, and every message in loaded history that ends with the newest', () => {
    const window = { items: [message(1)], moreBefore: false, moreAfter: false };
    const old = { ...window, moreAfter: true };
    const loaded = { ...start, messages: { [conversation.id]: window, [uuid(77)]: old } };
    const next = [received(2), received(3, ann.id)].reduce(apply, loaded);
    expect(next.conversations[conversation.id]?.lastMessage).toEqual(message(3, ann.id));
    expect(next.messages[conversation.id]?.items.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(next.messages[uuid(77)]).toBe(old);
  });

  it("replaces all receipts but the user's own when they are shared again or no longer", () => {
    const conversationId = conversation.id;
    const acked = { conversationId, receipts: [receiptOf(ann.id, 2)] };
    const hidden = [
      event(ofConversation, 1, 'message:ack', acked),
      event(ofConversation, 2, 'conversation:receipts', { conversationId, receipts: [] }),
    ];
    const own = { userId: ann.id, deliveredSeq: 2, readSeq: 2 };
    expect(after(...hidden).conversations[conversationId]?.receipts).toEqual({ [ann.id]: own });
    const receipts = [ann.id, bob.id].map((userId) => ({ userId, deliveredSeq: 1, readSeq: 1 }));
    const shown = after(...hidden, event(ofConversation, 3, 'conversation:receipts', { conversationId, receipts }));
    expect(shown.conversations[conversationId]?.receipts).toEqual({ [ann.id]: own, [bob.id]: receipts[1] });
  });

  it('shows no receipts of others once a conversation is too large for that', () => {
    const joins = Array.from({ length: 99 }, (_, at) =>
      event(ofConversation, at + 1, 'conversation:memberJoined', {
        conversationId: conversation.id,
        member: { userId: uuid(200 + at), role: 'member', joinedAt: AT },
        receipt: at < 98 ? { userId: uuid(200 + at), deliveredSeq: 0, readSeq: 0 } : null,
      }),
    );
    const full = after(...joins.slice(0, 98)).conversations[conversation.id]!;
    expect(Object.keys(full.receipts)).toHaveLength(100);
    expect(Object.keys(after(...joins).conversations[conversation.id]!.receipts)).toEqual([ann.id]);
  });
});

function receiptOf(userId: string, seq: number) {
  return { userId, deliveredSeq: seq, readSeq: seq, newlyRead: 0 };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
