import { type FileHandle, open } from 'node:fs/promises';
import { slackMarkdown } from '../../../webhooks/index.ts';
import type { ZipArchive } from '../../reading/zip.ts';
import type { ConversationRow, MessageRow, Row } from '../../rows/neutral.ts';
import { keyOf } from '../key.ts';
import type { Directory, Known } from './directory.ts';
import { fileOf } from './files.ts';
import { line as lineShape, type Said } from './format.ts';
import type { Place, PostIndex } from './post-index.ts';

const MENTIONED = /(?<![\p{L}\p{N}_])@([a-z0-9][a-z0-9._-]*)/giu;
/** The number of threads whose lines are cached, since their messages are read in sequence. */
const LINES_KEPT = 64;

interface Messages {
  archive: ZipArchive | undefined;
  directory: Directory;
  file: string;
  index: PostIndex;
  now: Date;
}

interface Post {
  root: Said;
  replies: readonly Said[];
}

/** Reads lines of a file by offset. */
class Lines {
  private readonly file: FileHandle;
  private readonly kept = new Map<number, Post>();

  constructor(file: FileHandle) {
    this.file = file;
  }

  async post({ offset, bytes }: Place): Promise<Post> {
    const known = this.kept.get(offset);
    if (known !== undefined) return known;
    const buffer = Buffer.alloc(bytes);
    await this.file.read(buffer, 0, bytes, offset);
    const line = lineShape.parse(JSON.parse(buffer.toString().replace(/^\uFEFF/, '')));
    if (line.type !== 'post' && line.type !== 'direct_post') throw new Error('The file has changed.');
    const said = line.type === 'post' ? line.post : line.direct_post;
    const post = { root: said, replies: said.replies };
    const [oldest] = this.kept.keys();
    if (this.kept.size >= LINES_KEPT && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(offset, post);
    return post;
  }
}

/** The conversations, each with its messages from the oldest on. */
export async function* messagesInOrder({ archive, directory, file, index, now }: Messages): AsyncGenerator<Row, void> {
  const handle = await open(file);
  const lines = new Lines(handle);
  try {
    let next = 0;
    let current: Known | undefined;
    /** Of the current conversation, the oldest message first. */
    const pins: string[] = [];
    for (const place of index.inOrder()) {
      while (next <= place.conversation) {
        if (current !== undefined) yield end(current, pins.splice(0));
        current = directory.known[next];
        if (current !== undefined) yield begin(current, now);
        next += 1;
      }
      if (current === undefined) continue;
      const post = await lines.post(place);
      const row = messageRow(post, place, { archive, conversation: current.key });
      if (saidAt(post, place).is_pinned === true) pins.push(row.key);
      yield row;
    }
    if (current !== undefined) yield end(current, pins);
    for (const known of directory.known.slice(next)) {
      yield begin(known, now);
      yield end(known);
    }
  } finally {
    await handle.close();
  }
}

const begin = ({ members, row }: Known, createdAt: Date): ConversationRow => ({
  ...row,
  members: [...members],
  createdAt,
});

const end = ({ key, row: { where }, isArchived }: Known, pins: readonly string[] = []): Row => ({
  kind: 'conversationEnd',
  key,
  where,
  isArchived,
  pins: [...pins],
});

/** The message, or one of the replies to it. */
const saidAt = ({ replies, root }: Post, { reply }: Place): Said => replies[reply] ?? root;

const keyOfMessage = (conversation: string, { create_at, message, user }: Said) =>
  keyOf(conversation, user, create_at, message);

function messageRow(
  post: Post,
  place: Place,
  { archive, conversation }: { archive: ZipArchive | undefined; conversation: string },
): MessageRow {
  const { line, reply } = place;
  const { root } = post;
  const said = saidAt(post, place);
  const rootKey = keyOfMessage(conversation, root);
  const isReply = said !== root;
  return {
    kind: 'message',
    key: isReply ? keyOf(rootKey, said.user, said.create_at, said.message) : rootKey,
    where: `line ${line}${isReply ? `, reply ${reply + 1}` : ''}`,
    conversation,
    author: said.user,
    at: new Date(said.create_at),
    content: (nameOf) => contentOf(said, nameOf),
    thread: isReply ? rootKey : undefined,
    reactions: reactionsOf(said),
    files: said.attachments.map(({ path }) => fileOf(archive, path)),
    notes: said.type ? [`is of the kind ${said.type}: taken as a message`] : [],
  };
}

/** The text, and what a program has attached to it. */
function contentOf({ message, props }: Said, nameOf: (person: string) => string | undefined): string {
  const text = message.replace(MENTIONED, (whole, name: string) => mention(whole, name, nameOf));
  const attached = props.attachments.length === 0 ? '' : slackMarkdown({ attachments: props.attachments }, new Map());
  return [text, attached].filter((part) => part !== '').join('\n\n');
}

/** A dot or a dash after a name may not be part of it. */
function mention(whole: string, name: string, nameOf: (person: string) => string | undefined): string {
  const bare = name.toLowerCase().replace(/[._-]+$/, '');
  const found = [name.toLowerCase(), bare].find((one) => nameOf(one) !== undefined);
  return found === undefined ? whole : `@${nameOf(found)}${name.slice(found.length)}`;
}

function reactionsOf({ reactions }: Said) {
  const people = new Map<string, string[]>();
  for (const { emoji_name, user } of reactions) people.set(emoji_name, [...(people.get(emoji_name) ?? []), user]);
  return [...people].map(([name, users]) => ({ emoji: `:${name.toLowerCase()}:`, people: users }));
}
