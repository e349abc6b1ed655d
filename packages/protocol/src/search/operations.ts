import { z } from 'zod';
import { message } from '../chat/message.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, page, text } from '../core/primitives.ts';

/** A day in UTC, from its first moment on, or an instant. */
const moment = z.union([z.iso.date(), z.iso.datetime()]).meta({ description: 'A day (UTC), or an ISO 8601 instant' });

/** What a message can have beside its words. */
export const searchMark = z.enum(['link', 'reaction', 'pin']);
export type SearchMark = z.infer<typeof searchMark>;

/** A part of a text, in UTF-16 units: from `start` up to but not including `end`. */
export const textRange = z.object({ start: z.int().min(0), end: z.int().min(0) });

/** The part of a message around what was found in it. */
export const snippet = z.object({
  text: z.string(),
  from: z.int().min(0).meta({ description: "Where `text` begins in the message's content, in UTF-16 units" }),
  highlights: z.array(textRange).meta({ description: 'What was found, counted from the beginning of `text`' }),
});

export const search = operationGroup('search', {
  messages: operation({
    summary: 'Find messages',
    description: 'In all conversations that I may read, by words, parts of words and filters.',
    method: 'GET',
    path: '/search',
    access: 'user',
    limit: 'search',
    input: z.strictObject({
      q: text(1, 200)
        .optional()
        .meta({
          description:
            'All of these words; those of three letters and more also as a part of a word. Case and accents do not ' +
            'matter. "In quotation marks": exactly these words side by side. Left out: all that the ' +
            'filters let through',
        }),
      in: id.optional().meta({ description: 'The conversation' }),
      from: id.optional().meta({ description: 'Who wrote it' }),
      before: moment.optional().meta({ description: 'Written before that day or instant' }),
      after: moment.optional().meta({ description: 'Written on that day or later, or at that instant or later' }),
      has: z.array(searchMark).max(searchMark.options.length).default([]),
      order: z.enum(['newest', 'best']).default('newest').meta({
        description: 'best: whole words before parts of words, among the 500 newest that match',
      }),
      limit: z.int().min(1).max(50).default(20),
      cursor: cursor.optional(),
    }),
    output: page(z.object({ message, snippet })),
    errors: ['not_found'],
  }),
});
