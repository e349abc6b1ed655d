import { z } from 'zod';
import { chatSizes } from '../chat/limits.ts';
import { message } from '../chat/message.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { fullList, id, text } from '../core/primitives.ts';

/** A slash command. */
export const slashCommand = z.object({
  name: z.string().meta({ description: 'Name without the slash' }),
  usage: z.string().meta({ description: 'Usage with the slash and its arguments: `/topic text`' }),
  summary: z.string(),
});
export type SlashCommandInfo = z.infer<typeof slashCommand>;

export const commands = operationGroup('commands', {
  list: operation({
    summary: 'List slash commands',
    description: 'Ordered by name.',
    method: 'GET',
    path: '/commands',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: fullList(slashCommand),
  }),
  run: operation({
    summary: 'Run a slash command',
    description:
      'Sending the same clientMessageId again returns the same response. `//` sends a message that starts with a slash.',
    method: 'POST',
    path: '/conversations/:conversationId/commands',
    access: 'conversation:reader',
    limit: 'user',
    ownKey: 'clientMessageId',
    example: { text: '/shrug' },
    input: z.strictObject({
      conversationId: id,
      text: text(1, chatSizes.message + 1).regex(/^\//, { error: 'does not begin with a slash' }),
      clientMessageId: id,
    }),
    output: z.object({
      message: message.nullable().meta({ description: 'The message it sent on your behalf, if any' }),
      notice: z.string().nullable().meta({ description: 'A notice shown only to you' }),
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
