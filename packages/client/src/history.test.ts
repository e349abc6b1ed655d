import type { User } from '@atrium/protocol';
import { expect, it } from 'vitest';
import { bob, conversation, event, message, mine, ofConversation, received, uuid } from '../test/fixtures.ts';
import type { InputNamed } from './api-names.ts';
import { History } from './history.ts';
import type { ChatState } from './state/chat/state.ts';

const LAST = 30;
const root = message(100, bob.id, { id: uuid(77) });
const standing = { threadId: root.id, readSeq: 0, unread: 0, following: true };

/** A conversation, or a thread, of thirty messages; `during` runs while a page is being loaded. */
function setup(during: (history: History) => void = () => undefined) {
  let loaded: Pick<ChatState, 'messages' | 'replies'> = { messages: {}, replies: {} };
  const people: User[] = [];
  const asked: unknown[] = [];
  const pageOf = (query: InputNamed<'messages.list'> | InputNamed<'threads.replies'>, change = {}) => {
    const { after, around, before, limit = 5 }: Partial<InputNamed<'messages.list'>> = query;
    const from = after === undefined ? Math.max(1, (before ?? (around ?? LAST) + 1) - limit) : after + 1;
    const to = Math.min(LAST, before === undefined ? from + limit - 1 : before - 1);
    const items = Array.from({ length: to - from + 1 }, (_, at) => message(from + at, undefined, change));
    asked.push(query);
    during(history);
    return { items, moreBefore: from > 1, moreAfter: to < LAST, people: [bob] };
  };
  const history = new History({
    list: async (input) => ({ ...pageOf(input), asOf: LAST }),
    replies: async (input) => ({ ...pageOf(input, { threadId: root.id }), message: root, standing }),
    onPeople: (each) => people.push(...each),
    loaded: () => loaded,
    setLoaded: (change) => {
      loaded = { ...loaded, ...change };
    },
  });
  const window = () => loaded.messages[conversation.id];
  const thread = () => loaded.replies[root.id];
  const seqs = () => window()?.items.map(({ seq }) => seq);
  return { history, asked, people, loaded: window, thread, seqs };
}

it('loads the newest, then the pages before and after', async () => {
  const { history, loaded, people, seqs } = setup();
  await history.load(conversation.id, { around: 10 });
  expect(people).toEqual([bob]);
  expect(seqs()).toEqual([6, 7, 8, 9, 10]);
  await history.load(conversation.id, { direction: 'before', limit: 2 });
  await history.load(conversation.id, { direction: 'after', limit: 3 });
  expect(seqs()).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  expect(loaded()).toMatchObject({ moreBefore: true, moreAfter: true });
  await history.load(conversation.id, {});
  expect(seqs()).toEqual([26, 27, 28, 29, 30]);
  history.unload(conversation.id);
  expect(loaded()).toBeUndefined();
});

it('includes events that arrive while the page is being loaded', async () => {
  const { history, seqs } = setup((loading) => loading.observe(received(31)));
  await history.load(conversation.id, {});
  expect(seqs()).toEqual([26, 27, 28, 29, 30, 31]);
});

it('loads the page around the first unread message on request', async () => {
  const { asked, history } = setup();
  await history.load(conversation.id, { from: 'firstUnread' });
  await history.load(conversation.id, { from: 'firstUnread', around: 3, limit: 10 });
  expect(asked).toEqual([
    { conversationId: conversation.id, from: 'firstUnread' },
    { conversationId: conversation.id, around: 3, limit: 10 },
  ]);
});

it('applies changes to messages that arrive while their page is being loaded', async () => {
  const edited = message(30, undefined, { content: 'Better', version: 2 });
  const news = event(ofConversation, 31, 'message:updated', edited);
  const { history, loaded } = setup((loading) => loading.observe(news));
  await history.load(conversation.id, {});
  expect(loaded()?.items.at(-1)).toEqual(edited);
});

it('leaves no gap when the stream is ahead of a page from the middle', async () => {
  const { history, seqs } = setup((loading) => loading.observe(received(31)));
  await history.load(conversation.id, { around: 10 });
  expect(seqs()).toEqual([6, 7, 8, 9, 10]);
});

it('loads a thread by any of its messages, then the page before', async () => {
  const { asked, history, thread } = setup();
  await history.loadThread(message(28).id, { limit: 2 });
  expect(thread()).toMatchObject({ root, standing, moreBefore: true, moreAfter: false });
  await history.loadThread(root.id, { direction: 'before', limit: 2 });
  await history.loadThread(message(28).id, { direction: 'before', limit: 1 });
  expect(thread()?.items.map(({ seq }) => seq)).toEqual([26, 27, 28, 29, 30]);
  expect(asked.at(-1)).toEqual({ messageId: message(28).id, limit: 1, before: 27 });
  history.unloadThread(root.id);
  expect(thread()).toBeUndefined();
});

it('includes events of the thread that arrive while the page is being loaded, and no others', async () => {
  const reply = received(31, undefined, { threadId: root.id });
  const elsewhere = { ...received(32, undefined, { threadId: root.id }), meta: { ...reply.meta, stream: mine } };
  const { history, thread } = setup((loading) => {
    for (const each of [reply, received(33), elsewhere]) loading.observe(each);
  });
  await history.loadThread(root.id, { limit: 2 });
  expect(thread()?.items.map(({ seq }) => seq)).toEqual([29, 30, 31]);
});
