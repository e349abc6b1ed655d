import { messages, type ParsedInputOf } from '@atrium/protocol';
import { type Implementation, read } from '../../platform/operations/context.ts';
import { problem } from '../../platform/operations/problem-error.ts';
import { type MessageWindow, messageWindow } from './message-store.ts';
import { presentMessage } from './present.ts';

/** The part of the history that is asked for. Throws `invalid_input` for more than one of before, after and around. */
function windowOf(input: ParsedInputOf<typeof messages.list>): MessageWindow {
  const { conversationId, limit, before, after, around } = input;
  const given = Object.entries({ before, after, around }).filter(([, seq]) => seq !== undefined);
  if (given.length > 1) {
    const message = 'only one of before, after and around goes at a time';
    throw problem('invalid_input', { errors: given.slice(1).map(([path]) => ({ path, code: 'unexpected', message })) });
  }
  if (after !== undefined) return { conversationId, pivot: after + 1, older: 0, newer: limit };
  if (around !== undefined) {
    const older = Math.floor(limit / 2);
    return { conversationId, pivot: around, older, newer: limit - older };
  }
  return { conversationId, pivot: before ?? Number.MAX_SAFE_INTEGER, older: limit, newer: 0 };
}

/** Reading back what was said. */
export const historyOperation: Implementation = read(messages.list, async ({ input, db }) => {
  const { rows, ...page } = await messageWindow(db, windowOf(input));
  return { items: rows.map(presentMessage), nextCursor: null, ...page };
});
