import { conversations, messages } from '@atrium/protocol';
import { misused, misusedAs, type SlashCall, type SlashCommand } from '../slash/index.ts';
import { memberByUsername } from '../workspaces/index.ts';

const SHRUG = '¯\\_(ツ)_/¯';
/** Markdown would take its arm for an escape. */
const SHRUG_IN_MARKDOWN = SHRUG.replace(/[\\_]/g, '\\$&');

/** Emphasis ends with its paragraph. */
const inItalics = (text: string) =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => `_${paragraph.trim()}_`)
    .join('\n\n');

async function say({ call, conversationId, clientMessageId }: SlashCall, content: string) {
  const { message } = await call(messages.send, { conversationId, clientMessageId, content });
  return { message };
}

/** What people in a conversation type behind a slash. */
export const chatCommands: readonly SlashCommand[] = [
  {
    name: 'topic',
    args: 'text',
    summary: 'Say what the conversation is about, or ask',
    needsArgs: false,
    async run({ call, conversationId, args }) {
      const { topic } =
        args === ''
          ? await call(conversations.get, { conversationId })
          : await call(conversations.update, { conversationId, topic: args });
      return { notice: topic === '' ? 'There is no topic.' : `The topic: ${topic}` };
    },
  },
  {
    name: 'invite',
    args: '@user',
    summary: 'Add someone of the workspace to the conversation',
    needsArgs: true,
    async run({ call, conversationId, workspaceId, userId: viewerId, db, args }) {
      const username = args.replace(/^@/, '').toLowerCase();
      if (/\s/.test(username)) throw misusedAs({ name: 'invite', args: '@user' });
      const userId = await memberByUsername(db, { workspaceId, viewerId, username });
      if (userId === undefined) throw misused(`nobody in this workspace is called @${username.slice(0, 32)}`);
      await call(conversations.addMember, { conversationId, userId });
      return { notice: `@${username} is here now.` };
    },
  },
  {
    name: 'me',
    args: 'text',
    summary: 'Say in italics what you are doing',
    needsArgs: true,
    run: (call) => say(call, inItalics(call.args)),
  },
  {
    name: 'shrug',
    args: 'text',
    summary: `Put ${SHRUG} behind what you say`,
    needsArgs: false,
    run: (call) => say(call, `${call.args} ${SHRUG_IN_MARKDOWN}`.trim()),
  },
];
