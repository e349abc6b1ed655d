import { characters, emoji, firstCharacters, sizes } from '@atrium/protocol';
import { v5 as uuidv5 } from 'uuid';
import { newId } from '../../../platform/new-id.ts';
import type { MessageRow } from '../rows/neutral.ts';
import { storable } from '../rows/text.ts';
import { type Batch, LeftOut } from './batch.ts';
import { conversationOf, enterConversation } from './conversations.ts';
import { type Fetched, type FetchedFile, textFile } from './files.ts';
import { authorOf } from './people.ts';

/** Keywords that would mention everyone. */
const EVERYONE = /(?<![\p{L}\p{N}_])@(?=(?:channel|here|everyone)\b)/giu;
/** An invisible character that cannot be part of a name. */
const JOINER = '\u2060';
const WHOLE_TEXT = 'message.txt';

/** Sends a message with its original time, files, thread and reactions. */
export async function writeMessage(batch: Batch, row: MessageRow, fetched: Fetched): Promise<string> {
  const { job } = batch;
  const conversationId = await conversationOf(batch, row.conversation);
  const authorId = await authorOf(batch, row.author, row.authorName);
  const said = storable(row.content((person) => job.usernames.get(person))).replace(EVERYONE, `@${JOINER}`);
  const replyTo = row.thread === undefined ? undefined : await batch.mapped('message', row.thread);
  if (row.thread !== undefined && replyTo === undefined) {
    batch.notes.push('the message that its thread began with is not in the export: it stands for itself');
  }
  batch.notes.push(...fetched.notes);
  const text = cutContent(batch, said);
  if (batch.isDry) return newId();
  await enterConversation(batch, row.conversation, conversationId, authorId);
  const attachmentIds = await upload(batch, authorId, [...text.files, ...fetched.files]);
  const lost = fetched.notes.length + fetched.files.length + text.files.length > attachmentIds.length;
  if (text.content.trim() === '' && attachmentIds.length === 0 && !lost) throw new LeftOut('says nothing');
  const content = text.content.trim() === '' && attachmentIds.length === 0 ? '(a file)' : text.content;
  const { message } = await batch.as(authorId, row.at).messages.send({
    conversationId,
    content,
    clientMessageId: uuidv5(`${job.source} ${row.key}`, job.workspaceId),
    ...(attachmentIds.length > 0 ? { attachmentIds } : {}),
    ...(replyTo === undefined ? {} : { replyTo }),
  });
  await react(batch, row, { conversationId, messageId: message.id });
  return message.id;
}

/** Truncates a text that is too long, and attaches the full text as a file. */
function cutContent(batch: Batch, content: string): { content: string; files: FetchedFile[] } {
  const length = characters(content);
  if (length <= sizes.message) return { content, files: [] };
  const mark = `\n… (cut: the whole text of ${length} characters is in ${WHOLE_TEXT})`;
  batch.notes.push(`has ${length} characters: cut, and attached as ${WHOLE_TEXT}`);
  return {
    content: `${firstCharacters(content, sizes.message - characters(mark))}${mark}`,
    files: [textFile(WHOLE_TEXT, content)],
  };
}

async function upload(batch: Batch, authorId: string, files: readonly FetchedFile[]): Promise<string[]> {
  const { workspaceId } = batch.job;
  const ids: string[] = [];
  for (const { name, sent } of files.slice(0, sizes.files)) {
    const stored = await batch.attempt(`the file ${name} is left out`, () =>
      batch.as(authorId, batch.open.now).attachments.upload({ workspaceId }, { files: sent() }),
    );
    ids.push(...(stored?.attachments.map(({ id }) => id) ?? []));
  }
  return ids;
}

async function react(
  batch: Batch,
  row: MessageRow,
  { conversationId, messageId }: { conversationId: string; messageId: string },
): Promise<void> {
  for (const { emoji: name, people } of row.reactions) {
    const known = emoji.safeParse(name).data;
    if (known === undefined) batch.notes.push(`the reaction ${name} is left out: it is no emoji`);
    for (const person of known === undefined ? [] : people) {
      const userId = await authorOf(batch, person, undefined);
      await batch.attempt(`the reaction ${name} is left out`, async () => {
        await enterConversation(batch, row.conversation, conversationId, userId);
        await batch.as(userId, row.at).reactions.add({ messageId, emoji: known ?? '' });
      });
    }
  }
}
