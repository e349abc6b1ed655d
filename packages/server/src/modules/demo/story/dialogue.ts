import { newId } from '../../../platform/new-id.ts';
import type { Who } from './cast.ts';
import { LINES, type Line, READ } from './lines.ts';
import type { Calendar, Step } from './stage.ts';

const REACTED_AFTER_MS = 4 * 60_000;

const later = (at: Date, ms: number, { now }: Calendar) => new Date(Math.min(at.getTime() + ms, now.getTime()));

function stepsOf([room, who, when, content, extra = {}]: Line, calendar: Calendar): Step[] {
  const at = typeof when === 'number' ? calendar.ago(when) : calendar.on(...when);
  const { key = newId(), reactions = {}, pinnedBy, replyTo } = extra;
  const say: Step = {
    at,
    who,
    async run(api, stage) {
      const { message } = await api.messages.send({
        conversationId: stage.id(room),
        content,
        clientMessageId: newId(),
        ...(replyTo === undefined ? {} : { replyTo: stage.id(replyTo) }),
      });
      stage.put(key, message.id);
    },
  };
  const reactionSteps = Object.entries(reactions).flatMap(([emoji, people]) =>
    people.map(
      (person: Who, place): Step => ({
        at: later(at, REACTED_AFTER_MS * (place + 1), calendar),
        who: person,
        run: (api, stage) => api.reactions.add({ messageId: stage.id(key), emoji }),
      }),
    ),
  );
  const pin: Step[] =
    pinnedBy === undefined
      ? []
      : [
          {
            at: later(at, REACTED_AFTER_MS, calendar),
            who: pinnedBy,
            run: (api, stage) => api.pins.add({ conversationId: stage.id(room), messageId: stage.id(key) }),
          },
        ];
  return [say, ...reactionSteps, ...pin];
}

/** The messages, and how far everyone has read. */
export function talkSteps(calendar: Calendar): Step[] {
  const reading = READ.map(
    ([who, minutesAgo, rooms]): Step => ({
      at: calendar.ago(minutesAgo),
      who,
      async run(api, stage) {
        for (const room of rooms) {
          const conversationId = stage.id(room);
          const { asOf } = await api.messages.list({ conversationId, limit: 1 });
          await api.messages.ack({ conversationId, deliveredSeq: asOf, readSeq: asOf });
        }
      },
    }),
  );
  return [...LINES.flatMap((line) => stepsOf(line, calendar)), ...reading];
}
