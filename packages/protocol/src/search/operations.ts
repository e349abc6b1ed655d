import { z } from 'zod';
import { message } from '../chat/message.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, page, text } from '../core/primitives.ts';
import { timezone } from '../identity/user.ts';

/** A date, meaning its start in the time zone of the search, or a timestamp with any offset. */
const moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .meta({ description: 'A date, meaning its start in `timeZone`, or an ISO 8601 timestamp' });

/** Properties of a message that can be searched for. */
export const searchMark = z.enum(['link', 'reaction', 'pin', 'file']);
export type SearchMark = z.infer<typeof searchMark>;

/** A range of a text in UTF-16 code units; `end` is exclusive. */
export const textRange = z.object({ start: z.int().min(0), end: z.int().min(0) });

/** An excerpt of a message around its matches. */
export const snippet = z.object({
  text: z.string(),
  from: z.int().min(0).meta({ description: "Offset of `text` in the message's content, in UTF-16 code units" }),
  highlights: z.array(textRange).meta({ description: 'Matches, as offsets into `text`' }),
});

export const search = operationGroup('search', {
  messages: operation({
    summary: 'Search messages',
    description: 'Searches all conversations that you can read, by words, parts of words and filters.',
    method: 'GET',
    path: '/search',
    access: 'user',
    limit: 'search',
    example: { q: 'hello' },
    input: z.strictObject({
      q: text(1, 200)
        .optional()
        .meta({
          description:
            'All of these words, eight at most; those of three letters and more also as a part of a word. Case and accents do not ' +
            'matter. "In quotation marks": exactly these words side by side. Left out: all that the ' +
            'filters let through',
        }),
      in: id.optional().meta({ description: 'Only messages in this conversation' }),
      from: id.optional().meta({ description: 'Only messages from this user' }),
      before: moment.optional().meta({ description: 'Only messages sent before this date or time' }),
      after: moment.optional().meta({ description: 'Only messages sent on or after this date or time' }),
      timeZone: timezone.optional().meta({ description: 'Time zone of dates; defaults to your time zone' }),
      has: z.array(searchMark).max(searchMark.options.length).default([]),
      order: z.enum(['newest', 'best']).default('newest').meta({
        description: 'best: whole words rank above parts of words, among the 500 newest matches',
      }),
      limit: z.int().min(1).max(50).default(20),
      cursor: cursor.optional(),
    }),
    output: page(z.object({ message, snippet })),
    errors: ['not_found'],
  }),
});
