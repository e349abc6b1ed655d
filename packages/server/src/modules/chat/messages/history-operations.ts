import { messages, type ParsedInputOf } from '@atrium/protocol';
import { type Implementation, problem, read } from '../../../platform/module/index.ts';
import { formerPeople } from '../rows/former-people.ts';
import { firstUnread, type MessageWindow, messageWindow } from '../rows/message-store.ts';
import { presentMessage } from '../rows/present.ts';

/** The requested part of the history. Throws `invalid_input` for more than one starting point. */
function windowOf(input: ParsedInputOf<typeof messages.list>): MessageWindow {
  const { conversationId, limit, before, after, around, from } = input;
  const given = Object.entries({ before, after, around, from }).filter(([, place]) => place !== undefined);
  if (given.length > 1) {
    const message = 'only one of before, after, around and from goes at a time';
    throw problem('invalid_input', { errors: given.slice(1).map(([path]) => ({ path, code: 'unexpected', message })) });
  }
  if (after !== undefined) return { conversationId, pivot: after + 1, older: 0, newer: limit };
  if (around !== undefined) {
    const older = Math.floor(limit / 2);
    return { conversationId, pivot: around, older, newer: limit - older };
  }
  return { conversationId, pivot: before ?? Number.MAX_SAFE_INTEGER, older: limit, newer: 0 };
}

/** Reads the history of a conversation. */
export const historyOperation: Implementation = read(messages.list, async ({ input, subject, db }) => {
  const latest = windowOf(input);
  const wanted = input.from === 'firstUnread' && subject.member;
  const unread = wanted ? await firstUnread(db, wanted) : undefined;
  const { from: _, ...place } = input;
  const window = unread === undefined ? latest : windowOf({ ...place, around: unread });
  const { rows, ...page } = await messageWindow(db, window);
  const found = unread === undefined ? {} : { firstUnread: unread };
  const items = rows.map(presentMessage);
  return { items, ...page, ...found, people: await formerPeople(db, input.conversationId, items) };
});
