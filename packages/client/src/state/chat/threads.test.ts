import { describe, expect, it } from 'vitest';
import {
  ann,
  conversation,
  event,
  message,
  mine,
  ofConversation,
  received,
  snapshot,
  uuid,
  workspace,
} from '../../../test/fixtures.ts';
import { apply, forget, fromSnapshot, type LiveState, renew, toPersist } from '../live-state.ts';
import type { ThreadWindow } from './state.ts';

const root = message(1);
const other = message(2);
const reply = (seq: number, threadId = root.id) => message(seq, ann.id, { threadId, replyTo: threadId });
const standing = (threadId: string) => ({ threadId, readSeq: 0, unread: 0, following: true });
const windowOf = (of: typeof root, items: ThreadWindow['items']): ThreadWindow => ({
  root: of,
  standing: standing(of.id),
  items,
  moreBefore: false,
  moreAfter: false,
});
const start: LiveState = {
  ...fromSnapshot(snapshot()),
  replies: { [root.id]: windowOf(root, [reply(3)]), [other.id]: windowOf(other, [reply(4, other.id)]) },
};
const seqs = (state: LiveState, threadId = root.id) => state.replies[threadId]?.items.map(({ seq }) => seq);

describe('a loaded thread', () => {
  it('gets its own replies, and no others', () => {
    const arrived = [5, 6, 7].map((seq) => event(ofConversation, seq, 'message:receive', reply(seq)));
    const state = [arrived[0]!, received(6), arrived[2]!].reduce(apply, start);
    expect(seqs(state)).toEqual([3, 5, 7]);
    expect(state.replies[other.id]).toBe(start.replies[other.id]);
  });

  it('shows changes of its replies and of its first message', () => {
    const edited = { ...reply(3), content: 'Better', version: 2 };
    const first = { ...root, content: 'Best', version: 2 };
    const thread = { replyCount: 1, lastReplyAt: root.createdAt, lastReplySeq: 3, participants: [ann.id] };
    const state = [
      event(ofConversation, 5, 'message:updated', edited),
      event(ofConversation, 6, 'message:updated', first),
      event(ofConversation, 7, 'thread:updated', { conversationId: conversation.id, messageId: root.id, thread }),
    ].reduce(apply, start);
    expect(state.replies[root.id]).toMatchObject({ root: { ...first, thread }, items: [edited] });
    expect(state.replies[other.id]).toBe(start.replies[other.id]);
  });

  it('contains my read position, and whether I follow it', () => {
    const change = { threadId: root.id, readSeq: 3, unread: 0, following: false };
    const state = apply(start, event(mine, 1, 'thread:standing', { conversationId: conversation.id, ...change }));
    expect(state.replies[root.id]?.standing).toEqual(change);
  });

  it('loses expired replies, and is removed with its first message', () => {
    const expired = { conversationId: conversation.id, fromSeq: 0, beforeSeq: 4, gone: [], moreBefore: false };
    const replied = event(ofConversation, 5, 'messages:expired', { ...expired, kept: [root.seq] });
    expect(seqs(apply(start, replied))).toEqual([]);
    expect(apply(start, replied).replies[other.id]).toBeUndefined();
  });

  it('is removed with its conversation, for whatever reason', () => {
    const left = [
      event(mine, 1, 'conversation:left', { conversationId: conversation.id }),
      event(mine, 1, 'workspace:left', { workspaceId: workspace.id }),
    ];
    for (const each of left) expect(apply(start, each).replies).toEqual({});
    expect(forget(start, ofConversation).replies).toEqual({});
    const elsewhere = event(mine, 1, 'conversation:left', { conversationId: uuid(99) });
    expect(apply(start, elsewhere).replies).toBe(start.replies);
  });

  it("is still complete after a new snapshot unless its conversation or the user's stream has moved", () => {
    expect(renew(start, snapshot(), new Set()).replies).toBe(start.replies);
    expect(renew(start, snapshot(), new Set([ofConversation])).replies).toEqual({});
    expect(renew(start, snapshot(), new Set([mine])).replies).toEqual({});
    expect(toPersist(start).replies).toEqual({});
  });
});
