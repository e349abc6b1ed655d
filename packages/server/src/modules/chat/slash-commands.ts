import { conversations, messages } from '@atrium/protocol';
import { misused, misusedAs, type SlashCall, type SlashCommand } from '../slash/index.ts';
import { memberByUsername } from '../workspaces/index.ts';

const SHRUG = '¯\\_(ツ)_/¯';
/** Markdown would treat its arm as an escape. */
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

/** The slash commands of conversations. */
export const chatCommands: readonly SlashCommand[] = [
  {
    name: 'topic',
    args: 'text',
    summary: 'Show or set the topic of the conversation',
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
    summary: 'Add a member of the workspace to the conversation',
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
    summary: 'Say what you are doing, in italics',
    needsArgs: true,
    run: (call) => say(call, inItalics(call.args)),
  },
  {
    name: 'shrug',
    args: 'text',
    summary: `Add ${SHRUG} to your message`,
    needsArgs: false,
    run: (call) => say(call, `${call.args} ${SHRUG_IN_MARKDOWN}`.trim()),
  },
];
