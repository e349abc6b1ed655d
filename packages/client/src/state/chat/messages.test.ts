import { expect, it } from 'vitest';
import {
  AT,
  ann,
  bob,
  conversation,
  event,
  message,
  mine,
  ofConversation,
  received,
  snapshot,
  uuid,
} from '../../../test/fixtures.ts';
import { apply, fromSnapshot, type LiveState } from '../live-state.ts';

const start = fromSnapshot(snapshot());
const loaded: LiveState = {
  ...start,
  messages: { [conversation.id]: { items: [message(1), message(2)], moreBefore: false, moreAfter: false } },
};
const items = (state: LiveState) => state.messages[conversation.id]?.items;

it('shows the current content of a message, in the history and as the last message', () => {
  const edited = message(3, undefined, { content: 'Better', version: 2, editedAt: AT });
  const state = [received(3), received(4), event(ofConversation, 5, 'message:updated', edited)].reduce(apply, loaded);
  expect(items(state)).toEqual([message(1), message(2), edited, message(4)]);
  expect(state.conversations[conversation.id]?.lastMessage).toEqual(message(4));
  const deleted = message(4, undefined, { content: '', version: 2, deletedAt: AT });
  const after = apply(state, event(ofConversation, 6, 'message:deleted', deleted));
  expect(items(after)?.at(-1)).toEqual(deleted);
  expect(after.conversations[conversation.id]?.lastMessage).toEqual(deleted);
});

it('does not revert to an earlier version, and ignores messages that are not loaded', () => {
  const newest = message(2, undefined, { content: 'Best', version: 3, editedAt: AT });
  const older = message(2, undefined, { content: 'Better', version: 2, editedAt: AT });
  const state = apply(loaded, event(ofConversation, 3, 'message:updated', newest));
  expect(items(apply(state, event(ofConversation, 4, 'message:updated', older)))?.at(-1)).toEqual(newest);
  const elsewhere = { ...newest, id: uuid(88) };
  expect(apply(loaded, event(ofConversation, 3, 'message:updated', elsewhere)).messages).toBe(loaded.messages);
  expect(apply(start, event(ofConversation, 3, 'message:updated', newest)).messages).toBe(start.messages);
});

it('shows who reacted, however often the event is repeated', () => {
  const change = (seq: number, type: 'reaction:added' | 'reaction:removed', userId: string, emoji: string) =>
    event(ofConversation, seq, type, { conversationId: conversation.id, messageId: message(2).id, userId, emoji });
  const both = [
    change(3, 'reaction:added', bob.id, '👍'),
    change(4, 'reaction:added', ann.id, '👍'),
    change(5, 'reaction:added', ann.id, '👍'),
    change(6, 'reaction:added', ann.id, ':tada:'),
  ].reduce(apply, loaded);
  const reactions = [
    { emoji: ':tada:', userIds: [ann.id] },
    { emoji: '👍', userIds: [ann.id, bob.id] },
  ];
  expect(items(both)).toEqual([message(1), message(2, undefined, { reactions })]);
  const none = [
    change(7, 'reaction:removed', ann.id, '👍'),
    change(8, 'reaction:removed', ann.id, ':tada:'),
    change(9, 'reaction:removed', bob.id, '👍'),
    change(10, 'reaction:removed', bob.id, '👍'),
  ].reduce(apply, both);
  expect(items(none)).toEqual([message(1), message(2)]);
});

it('shows the summary of a thread, and my unread replies', () => {
  const thread = { replyCount: 2, lastReplyAt: AT, lastReplySeq: 4, participants: [bob.id] };
  const about = { conversationId: conversation.id, messageId: message(2).id };
  const place = { conversationId: conversation.id, threadId: message(2).id, readSeq: 2, following: true };
  const reply = received(3, bob.id, { threadId: message(2).id, replyTo: message(2).id });
  const state = [
    reply,
    event(ofConversation, 4, 'thread:updated', { ...about, thread }),
    event(mine, 1, 'thread:standing', { ...place, unread: 1 }),
  ].reduce(apply, loaded);
  expect(items(state)?.[1]).toEqual(message(2, undefined, { thread }));
  const standing = { threadId: message(2).id, readSeq: 2, unread: 1 };
  expect(state.conversations[conversation.id]).toMatchObject({ unread: 0, threads: { [message(2).id]: standing } });
  const read = [
    event(ofConversation, 5, 'thread:updated', { ...about, thread: null }),
    event(mine, 2, 'thread:standing', { ...place, readSeq: 4, unread: 0 }),
  ].reduce(apply, state);
  expect(items(read)?.[1]).toEqual(message(2));
  expect(read.conversations[conversation.id]?.threads).toEqual({});
});

it('counts mentions of me until I have read them, in either order of events', () => {
  const mention = (at: number, seq: number) =>
    event(mine, at, 'mention:received', {
      conversationId: conversation.id,
      messageId: message(seq).id,
      seq,
      senderId: bob.id,
    });
  const receipts = [{ userId: ann.id, deliveredSeq: 4, readSeq: 4, newlyRead: 4 }];
  const ack = event(ofConversation, 6, 'message:ack', { conversationId: conversation.id, receipts });
  const told = [mention(1, 3), mention(2, 5)];
  for (const order of [
    [...told, ack],
    [ack, ...told],
    [told[0]!, ack, told[1]!],
  ]) {
    expect(order.reduce(apply, start).conversations[conversation.id]?.mentions).toEqual([5]);
  }
  expect(told.reduce(apply, start).conversations[conversation.id]?.mentions).toEqual([3, 5]);
  const removed = event(mine, 3, 'mention:removed', {
    conversationId: conversation.id,
    messageId: message(3).id,
    seq: 3,
  });
  expect([...told, removed].reduce(apply, start).conversations[conversation.id]?.mentions).toEqual([5]);
});

const nothingKept = { conversationId: conversation.id, fromSeq: 1, kept: [], gone: [], moreBefore: false };

it('keeps the place of an expired message with replies, until its last reply is removed', () => {
  const from = apply(loaded, received(3));
  const first = { ...nothingKept, beforeSeq: 3, kept: [2] };
  const some = apply(from, event(ofConversation, 4, 'messages:expired', first));
  expect(items(some)).toEqual([message(2), message(3)]);
  const second = { ...nothingKept, fromSeq: 3, beforeSeq: 4, gone: [2] };
  expect(items(apply(some, event(ofConversation, 5, 'messages:expired', second)))).toEqual([]);
  const other = { ...nothingKept, fromSeq: 3, beforeSeq: 4 };
  expect(items(apply(some, event(ofConversation, 5, 'messages:expired', other)))).toEqual([message(2)]);
});

it('removes expired messages from the history and as the last message', () => {
  const expired = (beforeSeq: number) => ({ ...nothingKept, beforeSeq });
  const state = apply(loaded, received(3));
  const some = apply(state, event(ofConversation, 4, 'messages:expired', expired(3)));
  expect(items(some)).toEqual([message(3)]);
  expect(some.messages[conversation.id]?.moreBefore).toBe(false);
  expect(some.conversations[conversation.id]?.lastMessage).toEqual(message(3));
  const none = apply(some, event(ofConversation, 5, 'messages:expired', expired(4)));
  expect(items(none)).toEqual([]);
  expect(none.conversations[conversation.id]?.lastMessage).toBeNull();
  expect(apply(none, event(ofConversation, 6, 'messages:expired', expired(4))).messages).toBe(none.messages);
});
