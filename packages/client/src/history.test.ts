import type { User } from '@atrium/protocol';
import { expect, it } from 'vitest';
import { bob, conversation, event, message, ofConversation, received } from '../test/fixtures.ts';
import { History } from './history.ts';
import type { ById } from './state/by-id.ts';
import type { MessageWindow } from './state/chat/state.ts';

const LAST = 30;

/** A conversation of thirty messages; `during` runs while a page is on its way. */
function setup(during: (history: History) => void = () => undefined) {
  let windows: ById<MessageWindow> = {};
  const people: User[] = [];
  const history = new History({
    async list({ after, around, before, limit = 5 }) {
      const from = after === undefined ? Math.max(1, (before ?? (around ?? LAST) + 1) - limit) : after + 1;
      const to = Math.min(LAST, before === undefined ? from + limit - 1 : before - 1);
      const items = Array.from({ length: to - from + 1 }, (_, at) => message(from + at));
      during(history);
      return { items, moreBefore: from > 1, moreAfter: to < LAST, people: [bob] };
    },
    onPeople: (each) => people.push(...each),
    windows: () => windows,
    setWindows: (next) => {
      windows = next;
    },
  });
  const loaded = () => windows[conversation.id];
  return { history, loaded, people, seqs: () => loaded()?.items.map(({ seq }) => seq) };
}

it('loads the newest, then what comes before and after it', async () => {
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

it('has what the stream brings while the page is on its way', async () => {
  const { history, seqs } = setup((loading) => loading.observe(received(31)));
  await history.load(conversation.id, {});
  expect(seqs()).toEqual([26, 27, 28, 29, 30, 31]);
});

it('asks for the place where I have read to', async () => {
  const asked: unknown[] = [];
  const history = new History({
    async list(input) {
      asked.push(input);
      return { items: [], moreBefore: false, moreAfter: false, people: [] };
    },
    onPeople: () => undefined,
    windows: () => ({}),
    setWindows: () => undefined,
  });
  await history.load(conversation.id, { from: 'firstUnread' });
  await history.load(conversation.id, { from: 'firstUnread', around: 3, limit: 10 });
  expect(asked).toEqual([
    { conversationId: conversation.id, from: 'firstUnread' },
    { conversationId: conversation.id, around: 3, limit: 10 },
  ]);
});

it('has what becomes of a message while the page with it is on its way', async () => {
  const edited = message(30, undefined, { content: 'Better', version: 2 });
  const news = event(ofConversation, 31, 'message:updated', edited);
  const { history, loaded } = setup((loading) => loading.observe(news));
  await history.load(conversation.id, {});
  expect(loaded()?.items.at(-1)).toEqual(edited);
});

it('does not tear a hole when the stream runs ahead of a page from the middle', async () => {
  const { history, seqs } = setup((loading) => loading.observe(received(31)));
  await history.load(conversation.id, { around: 10 });
  expect(seqs()).toEqual([6, 7, 8, 9, 10]);
});
