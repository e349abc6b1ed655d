import { slackMarkdown } from '../../../webhooks/index.ts';
import type { ZipArchive } from '../../reading/zip.ts';
import { BadExport, leftOut, type MessageRow, type Row } from '../../rows/neutral.ts';
import type { SlackFiles } from './files.ts';
import { type SlackMessage, slackMessage } from './format.ts';

/** All messages of a day are in memory at once. */
const MOST_DAY_BYTES = 64 * 1024 * 1024;
const DAY = /(?:^|\/)(\d{4}-\d{2}-\d{2})\.json$/;
/** Subtypes of ordinary messages; others get a note in the report. */
const PLAIN: ReadonlySet<string> = new Set(['', 'bot_message', 'file_share', 'me_message', 'thread_broadcast']);
const EMOJI_NAME = /^([^:]+)/;

/** The location of messages. */
export interface Folder {
  conversation: string;
  files: readonly string[];
}

interface Dated {
  message: SlackMessage;
  raw: unknown;
  where: string;
}

/** The messages of a conversation, oldest first. */
export async function* messageRows(archive: ZipArchive, folder: Folder, files: SlackFiles): AsyncGenerator<Row, void> {
  for (const name of await inOrder(archive, folder.files)) {
    const day = await readDay(archive, name);
    yield* day.faults;
    for (const dated of day.messages) yield messageRow(dated, folder.conversation, files);
  }
}

async function readDay(archive: ZipArchive, name: string): Promise<{ messages: Dated[]; faults: Row[] }> {
  let list: unknown;
  try {
    list = await archive.json(name, MOST_DAY_BYTES);
  } catch (error) {
    if (!(error instanceof BadExport)) throw error;
    return { messages: [], faults: [leftOut(name, error.message)] };
  }
  if (!Array.isArray(list)) return { messages: [], faults: [leftOut(name, 'is no list of messages')] };
  const faults: Row[] = [];
  const messages = list.flatMap((raw: unknown, at): Dated[] => {
    const where = `${name}, message ${at + 1}`;
    const message = slackMessage.safeParse(raw).data;
    if (message !== undefined) return [{ message, raw, where }];
    faults.push(leftOut(where, 'has no time'));
    return [];
  });
  return { messages: messages.sort((one, other) => secondsOf(one.message) - secondsOf(other.message)), faults };
}

const secondsOf = ({ ts }: Pick<SlackMessage, 'ts'>) => Number(ts);

/** Files are named after their day. Other files are ordered by their first message. */
async function inOrder(archive: ZipArchive, names: readonly string[]): Promise<string[]> {
  const placed: { name: string; at: number }[] = [];
  for (const name of names) {
    const day = DAY.exec(name)?.[1];
    const at = day === undefined ? await firstSecond(archive, name) : Date.parse(day) / 1_000;
    placed.push({ name, at: Number.isNaN(at) ? Number.POSITIVE_INFINITY : at });
  }
  return placed.sort((one, other) => one.at - other.at || (one.name < other.name ? -1 : 1)).map(({ name }) => name);
}

async function firstSecond(archive: ZipArchive, name: string): Promise<number> {
  const { messages } = await readDay(archive, name);
  return messages[0] === undefined ? Number.NaN : secondsOf(messages[0].message);
}

function messageRow({ message, raw, where }: Dated, conversation: string, files: SlackFiles): MessageRow {
  const { subtype = '', ts, thread_ts } = message;
  const author = authorOf(message);
  return {
    kind: 'message',
    key: `${conversation}/${ts}`,
    where,
    conversation,
    author: author.key,
    authorName: author.name,
    at: new Date(Math.floor(secondsOf(message) * 1_000)),
    content: (nameOf) => contentOf(message, raw, nameOf),
    thread: thread_ts === undefined || thread_ts === ts ? undefined : `${conversation}/${thread_ts}`,
    reactions: message.reactions.map(({ name, users }) => ({
      emoji: `:${(EMOJI_NAME.exec(name)?.[1] ?? name).toLowerCase()}:`,
      people: users,
    })),
    files: message.files.map((file) => files.of(file)),
    notes: PLAIN.has(subtype) ? [] : [`is of the kind ${subtype}: taken as a message`],
  };
}

/** A program can use a different name in each message. */
function authorOf({ user, bot_id, username, user_profile, bot_profile }: SlackMessage) {
  if (user !== undefined) return { key: user, name: user_profile?.display_name || user_profile?.real_name };
  const name = username ?? bot_profile?.name;
  if (bot_id !== undefined) return { key: username === undefined ? bot_id : `${bot_id} ${username}`, name };
  return { key: `name ${name ?? 'unknown'}`, name: name ?? 'Unknown' };
}

const MENTIONED = /<@([A-Z0-9]+)|"user_id":"([A-Z0-9]+)"/g;

function contentOf(message: SlackMessage, raw: unknown, nameOf: (person: string) => string | undefined): string {
  const ids = [...JSON.stringify(raw).matchAll(MENTIONED)].flatMap(([, one, other]) => one ?? other ?? []);
  const names = new Map(
    ids.flatMap((id): [string, string][] => {
      const name = nameOf(id);
      return name === undefined ? [] : [[id.toLowerCase(), name]];
    }),
  );
  const text = slackMarkdown(raw, names);
  return message.subtype === 'me_message' && text !== '' ? `_${text}_` : text;
}
