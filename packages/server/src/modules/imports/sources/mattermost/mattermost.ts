import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { linesOf } from '../../reading/lines.ts';
import { openZip, parseJson, type ZipArchive } from '../../reading/zip.ts';
import { BadExport, leftOut, type Row } from '../../rows/neutral.ts';
import type { SourceOptions } from '../options.ts';
import { Directory, personOf } from './directory.ts';
import { type Line, line as lineShape, PASSED_OVER, type Said } from './format.ts';
import { messagesInOrder } from './messages.ts';
import { PostIndex } from './post-index.ts';

const MOST_LINE_BYTES = 32 * 1024 * 1024;
const MOST_BYTES = 256 * 1024 ** 3;

/** The bulk export of Mattermost: its JSONL file, alone or in a zip file together with the attachments. */
export async function* mattermostRows(file: string, { now }: SourceOptions): AsyncGenerator<Row, void> {
  const archive = (await isZip(file)) ? await openZip(file) : undefined;
  const directory = await mkdtemp(path.join(os.tmpdir(), 'atrium-import-'));
  try {
    // Messages are read in chronological order, which needs a seekable file.
    const lines = archive === undefined ? file : await unpacked(archive, path.join(directory, 'import.jsonl'));
    yield* allRows(lines, archive, now);
  } finally {
    archive?.close();
    await rm(directory, { recursive: true, force: true });
  }
}

async function isZip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.readUInt32BE(0) === 0x504b0304;
  } finally {
    await handle.close();
  }
}

async function unpacked(archive: ZipArchive, target: string): Promise<string> {
  const name = archive.names.find((one) => /^[^/]+\.jsonl$/.test(one));
  if (name === undefined) throw new BadExport('It is no bulk export of Mattermost: it has no .jsonl file.');
  await pipeline(await archive.open(name, MOST_BYTES), createWriteStream(target, { mode: 0o600 }));
  return target;
}

async function* allRows(file: string, archive: ZipArchive | undefined, now: Date): AsyncGenerator<Row, void> {
  const directory = new Directory();
  const index = new PostIndex();
  let isFirst = true;
  for await (const { number, offset, bytes, text } of linesOf(createReadStream(file), MOST_LINE_BYTES)) {
    const where = `line ${number}`;
    const read = readLine(text, where);
    if (isFirst && !('line' in read && read.line.type === 'version')) {
      throw new BadExport('It is no bulk export of Mattermost: its first line does not tell the version.');
    }
    isFirst = false;
    if ('fault' in read) {
      if (read.fault !== undefined) yield read.fault;
      continue;
    }
    const { line } = read;
    if (line.type === 'user' || line.type === 'bot') yield personOf(line, where, archive);
    if (line.type === 'user') directory.addUser(line.user);
    if (line.type === 'emoji') yield leftOut(where, `the custom emoji :${line.emoji.name}: is not imported`);
    if (line.type === 'channel') directory.addChannel(line.channel, where);
    if (line.type === 'direct_channel') {
      const { members, participants, header } = line.direct_channel;
      const people = [...members, ...participants.map(({ username }) => username)];
      if (people.length > 0) directory.direct(people, where, header);
    }
    addMessages({ directory, index }, line, { offset, bytes, number, where });
  }
  if (isFirst) throw new BadExport('The file is empty.');
  yield* messagesInOrder({ archive, directory, file, index, now });
}

function readLine(text: string | undefined, where: string): { line: Line } | { fault: Row | undefined } {
  if (text === undefined) return { fault: leftOut(where, `has more than ${MOST_LINE_BYTES} bytes`) };
  if (text.trim() === '') return { fault: undefined };
  let value: unknown;
  try {
    value = parseJson(text, 'the line');
  } catch (error) {
    return { fault: leftOut(where, error instanceof Error ? error.message : String(error)) };
  }
  const type = typeof value === 'object' && value !== null && 'type' in value ? String(value.type) : '';
  if (PASSED_OVER.has(type)) return { fault: undefined };
  const parsed = lineShape.safeParse(value);
  if (parsed.success) return { line: parsed.data };
  const [issue] = parsed.error.issues;
  return {
    fault: leftOut(where, `is no ${type || 'object'} of an export: ${issue?.path.join('.')} ${issue?.message}`),
  };
}

function addMessages(
  { directory, index }: { directory: Directory; index: PostIndex },
  line: Line,
  { offset, bytes, number, where }: { offset: number; bytes: number; number: number; where: string },
): void {
  if (line.type !== 'post' && line.type !== 'direct_post') return;
  const conversation =
    line.type === 'post'
      ? directory.channel(line.post.team, line.post.channel, where)
      : directory.direct(line.direct_post.channel_members, where);
  const { replies, create_at: at } = postOf(line);
  const place = { conversation, offset, bytes, line: number };
  index.add({ ...place, at, reply: -1 });
  for (const [reply, said] of replies.entries()) index.add({ ...place, at: said.create_at, reply });
}

/** Parses the line of a message. */
function postOf(line: Extract<Line, { type: 'post' | 'direct_post' }>): Said & { replies: Said[] } {
  return line.type === 'post' ? line.post : line.direct_post;
}
