import { openZip, type ZipArchive } from '../../reading/zip.ts';
import { BadExport, type ConversationRow, leftOut, type Row } from '../../rows/neutral.ts';
import type { SourceOptions } from '../options.ts';
import { SlackFiles } from './files.ts';
import { type SlackChannel, slackChannel } from './format.ts';
import { messageRows } from './messages.ts';
import { peopleRows } from './people.ts';

/** Lists of people and channels. */
const MOST_LIST_BYTES = 128 * 1024 * 1024;
const PEOPLE = ['users.json', 'org_users.json'];
const LISTS = [
  { file: 'channels.json', shape: 'public' },
  { file: 'groups.json', shape: 'private' },
  { file: 'mpims.json', shape: 'group' },
  { file: 'dms.json', shape: 'direct' },
] as const;
const MESSAGES = /^(.+)\/[^/]+\.json$/;

/** The export of a Slack workspace as downloaded by its owners. */
export async function* slackRows(file: string, { allowedHosts, now }: SourceOptions): AsyncGenerator<Row, void> {
  const archive = await openZip(file);
  try {
    if (![...PEOPLE, ...LISTS.map((list) => list.file)].some((name) => archive.has(name))) {
      throw new BadExport('It is no export of Slack: it has neither users.json nor channels.json.');
    }
    const people = new Map<string, string>();
    for await (const row of allPeople(archive)) {
      if (row.kind === 'person') people.set(row.key, row.name);
      yield row;
    }
    yield* otherLists(archive);
    yield* allConversations(archive, { files: new SlackFiles(archive, allowedHosts), people, now });
  } finally {
    archive.close();
  }
}

/** Never throws: a list that cannot be parsed is a row of the report. */
async function listIn(archive: ZipArchive, name: string): Promise<{ list: unknown } | { fault: Row }> {
  try {
    return { list: await archive.json(name, MOST_LIST_BYTES) };
  } catch (error) {
    if (!(error instanceof BadExport)) throw error;
    return { fault: leftOut(name, error.message) };
  }
}

async function* allPeople(archive: ZipArchive): AsyncGenerator<Row, void> {
  for (const name of PEOPLE.filter((one) => archive.has(one))) {
    const read = await listIn(archive, name);
    if ('fault' in read) yield read.fault;
    else yield* peopleRows(read.list, name);
  }
}

/** Canvases, logs of apps and what else an export may list: only counted. */
async function* otherLists(archive: ZipArchive): AsyncGenerator<Row, void> {
  const known = [...PEOPLE, ...LISTS.map(({ file }) => file)];
  for (const name of archive.names.filter((one) => /^[^/]+\.json$/.test(one) && !known.includes(one))) {
    const read = await listIn(archive, name);
    if ('fault' in read) yield read.fault;
    else if (Array.isArray(read.list) && read.list.length > 0) {
      yield leftOut(name, `its ${read.list.length} entries are not imported`);
    }
  }
}

interface Reading {
  files: SlackFiles;
  /** Their names, by id. */
  people: ReadonlyMap<string, string>;
  now: Date;
}

async function* allConversations(archive: ZipArchive, reading: Reading): AsyncGenerator<Row, void> {
  const folders = foldersOf(archive);
  for (const { file, shape } of LISTS.filter((list) => archive.has(list.file))) {
    const read = await listIn(archive, file);
    if ('fault' in read) yield read.fault;
    const list = 'list' in read && Array.isArray(read.list) ? read.list : [];
    for (const [at, entry] of list.entries()) {
      const where = `${file}, entry ${at + 1}`;
      const channel = slackChannel.safeParse(entry).data;
      if (channel === undefined) yield leftOut(where, 'has no id');
      else yield* conversation(archive, { channel, shape, where, folders }, reading);
    }
  }
  // A conversation that is in no list is imported, but shown only to those who wrote in it.
  for (const [name, files] of folders) {
    const channel = slackChannel.parse({ id: `folder ${name}`, name });
    const notes = ['is in no list of channels: it becomes a private channel of those who wrote in it'];
    folders.delete(name);
    yield* conversation(
      archive,
      { channel, shape: 'private', where: name, folders: new Map([[name, files]]), notes },
      reading,
    );
  }
}

/** The folders with messages, by name, that have not been assigned yet. */
function foldersOf(archive: ZipArchive): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  for (const name of archive.names) {
    const folder = MESSAGES.exec(name)?.[1];
    if (folder === undefined || folder.includes('/') || folder.startsWith('__')) continue;
    const names = folders.get(folder);
    if (names === undefined) folders.set(folder, [name]);
    else names.push(name);
  }
  return folders;
}

interface Found {
  channel: SlackChannel;
  shape: ConversationRow['shape'];
  where: string;
  folders: Map<string, string[]>;
  notes?: readonly string[];
}

async function* conversation(archive: ZipArchive, found: Found, reading: Reading): AsyncGenerator<Row, void> {
  const { channel, folders } = found;
  const names = [channel.name?.normalize('NFC'), channel.id];
  const folder = names.find((name) => name !== undefined && folders.has(name));
  const files = folder === undefined ? [] : (folders.get(folder) ?? []);
  if (folder !== undefined) folders.delete(folder);
  yield* strangers(found, reading);
  const row = conversationRow(found, reading);
  yield {
    ...row,
    notes: [...(row.notes ?? []), ...(folder === undefined ? ['the export has no messages of it'] : [])],
  };
  yield* messageRows(archive, { conversation: channel.id, files }, reading.files);
  const { key, where } = row;
  yield { kind: 'conversationEnd', key, where, isArchived: channel.is_archived ?? false, pins: pinsOf(channel) };
}

const isMessage = (type: string | undefined) => type === undefined || type === 'C';

/** The keys of the pinned messages, the oldest pin first. */
function pinsOf({ id, pins }: SlackChannel): string[] {
  const messages = pins.filter(({ type }) => isMessage(type));
  return messages.sort((one, other) => (one.created ?? 0) - (other.created ?? 0)).map((pin) => `${id}/${pin.id}`);
}

/** A direct conversation needs both people, even those who are in no list. */
function* strangers({ channel, shape, where }: Found, { people }: Reading): Generator<Row, void> {
  if (shape !== 'direct') return;
  for (const key of channel.members.filter((member) => !people.has(member))) {
    yield {
      kind: 'person',
      key,
      where,
      name: key,
      role: 'member',
      isActive: false,
      notes: ['is in no list of people'],
    };
  }
}

function conversationRow({ channel, shape, where, notes = [] }: Found, { now, people }: Reading): ConversationRow {
  const members = [...new Set(channel.members)];
  const isAlone = shape === 'direct' && members.length < 2;
  const files = channel.pins.filter(({ type }) => !isMessage(type)).length;
  const { purpose, topic } = channel;
  return {
    kind: 'conversation',
    key: channel.id,
    where,
    shape: isAlone ? 'private' : shape,
    name: isAlone ? `Notes of ${people.get(members[0] ?? '') ?? 'somebody'}` : (channel.name ?? channel.id),
    topic: channel.topic.value || channel.purpose.value,
    creator: channel.creator,
    members,
    createdAt: channel.created === undefined ? now : new Date(channel.created * 1_000),
    notes: [
      ...notes,
      ...(isAlone ? ['is a conversation with oneself: it becomes a private channel'] : []),
      ...(topic.value && purpose.value ? [`its purpose is not imported: ${purpose.value}`] : []),
      ...(files > 0 ? [`its ${files} pinned files are not imported: only messages can be pinned`] : []),
    ],
  };
}
