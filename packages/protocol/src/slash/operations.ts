import { z } from 'zod';
import { chatSizes } from '../chat/limits.ts';
import { message } from '../chat/message.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { id, text, whole } from '../core/primitives.ts';

/** One slash command, as a person types it. */
export const slashCommand = z.object({
  name: z.string().meta({ description: 'Without the slash' }),
  usage: z.string().meta({ description: 'With the slash, and what goes behind it: `/topic text`' }),
  summary: z.string(),
});
export type SlashCommandInfo = z.infer<typeof slashCommand>;

export const commands = operationGroup('commands', {
  list: operation({
    summary: 'All slash commands, by name',
    method: 'GET',
    path: '/commands',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: whole(slashCommand),
  }),
  run: operation({
    summary: 'Do what was typed behind a slash',
    description: 'The same clientMessageId gets the same answer. `//` sends one slash.',
    method: 'POST',
    path: '/conversations/:conversationId/commands',
    access: 'conversation:reader',
    limit: 'user',
    input: z.strictObject({
      conversationId: id,
      text: text(1, chatSizes.message + 1).regex(/^\//),
      clientMessageId: id,
    }),
    output: z.object({
      message: message.nullable().meta({ description: 'What it said for me, if it said something' }),
      notice: z.string().nullable().meta({ description: 'A line for me alone' }),
    }),
    errors: [
      'unknown_command',
      'forbidden',
      'archived',
      'conflict',
      'already_member',
      'idempotency_mismatch',
      'rate_limited',
    ],
  }),
});
