import { commands, messages, type Operation } from '@atrium/protocol';
import { direct, type Implementation, noCookies, type OperationExecutor, read } from '../../platform/module/index.ts';
import type { SlashCall } from './command.ts';
import type { SlashRegistry } from './registry.ts';

/** Listing and running slash commands. */
export function slashOperations({
  registry,
  execute,
}: {
  registry(): SlashRegistry;
  execute: OperationExecutor['execute'];
}): Implementation[] {
  return [
    read(commands.list, () => ({ items: registry().list(), nextCursor: null })),

    // Each operation behind a slash sees to its own transaction, and to being done once.
    direct(commands.run, async ({ input, actor, subject, db, request }) => {
      const { conversationId, clientMessageId, text } = input;
      const call = (async (operation: Operation, operationInput: unknown) => {
        const key = `slash:${clientMessageId}:${operation.name}`;
        return (await execute({ name: operation.name, input: operationInput, actor, request, cookies: noCookies, key }))
          .data;
      }) as SlashCall['call'];
      if (text.startsWith('//')) {
        const { message } = await call(messages.send, { conversationId, clientMessageId, content: text.slice(1) });
        return { message, notice: null };
      }
      const { command, args } = registry().find(text);
      const workspaceId = subject.conversation.workspace_id;
      const answer = await command.run({
        args,
        userId: actor.userId,
        conversationId,
        workspaceId,
        clientMessageId,
        db,
        call,
      });
      return { message: answer.message ?? null, notice: answer.notice ?? null };
    }),
  ];
}
