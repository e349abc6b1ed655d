import { createReadStream } from 'node:fs';
import { access, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { z } from 'zod';
import { linesOf } from '../../reading/lines.ts';
import {
  type ExportedFile,
  type ExportedPicture,
  type ExportedWork,
  exportedEndpoint,
  exportedPerson,
  exportedTalk,
  exportedTrade,
  exportedWork,
  LATER_PARTS,
  type Part,
} from '../../rows/export-format.ts';
import {
  BadExport,
  type ConversationEndRow,
  type FileOfRow,
  leftOut,
  type PersonRow,
  type Picture,
  type Row,
  type Rows,
} from '../../rows/neutral.ts';
import { labelKey } from '../../rows/text.ts';
import type { SourceOptions } from '../options.ts';
import { endpointRow, tradeRow } from './shop.ts';
import { placeOf, spool } from './spool.ts';

const MOST_LINE_BYTES = 4 * 1024 * 1024;
const MENTIONED = /(?<![\p{L}\p{N}_])@([a-z0-9][a-z0-9._-]*)/giu;

/** The export of an Atrium workspace, of this or another instance. */
export async function* atriumRows(file: string, { passphrase }: SourceOptions): AsyncGenerator<Row, void> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'atrium-import-'));
  try {
    await spool(file, passphrase, directory);
    const reading = new Reading(directory);
    yield* reading.people();
    yield* reading.conversations();
    yield* reading.tasks();
    yield* reading.shop();
    yield* reading.endpoints();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

class Reading {
  private readonly directory: string;
  /** Ids by username. */
  private readonly usernames = new Map<string, string>();

  constructor(directory: string) {
    this.directory = directory;
  }

  people = (): Rows => this.each('people', exportedPerson, (value, where) => this.person(value, where));
  tasks = (): Rows => this.each('tasks', exportedWork, (value, where) => this.work(value, where));
  shop = (): Rows =>
    this.each('shop', exportedTrade, (value, where) => tradeRow(value, where, (picture) => this.picture(picture)));
  endpoints = (): Rows => this.each('endpoints', exportedEndpoint, endpointRow);

  async *conversations(): AsyncGenerator<Row, void> {
    let current: Omit<ConversationEndRow, 'kind'> | undefined;
    for await (const { value, where } of this.lines('conversations', exportedTalk)) {
      if (value === undefined) {
        yield leftOut(where, 'is not what an export has there');
        continue;
      }
      if (value.type === 'conversation') {
        if (current !== undefined) yield { kind: 'conversationEnd', ...current };
        const { isArchived, pins, support } = value;
        current = { key: value.id, where, isArchived, pins, isClosed: support?.status === 'closed' };
      }
      yield this.talk(value, where);
    }
    if (current !== undefined) yield { kind: 'conversationEnd', ...current };
  }

  private async *each<Value>(
    part: Part,
    schema: z.ZodType<Value>,
    rowOf: (value: Value, where: string) => Row,
  ): AsyncGenerator<Row, void> {
    for await (const { value, where } of this.lines(part, schema)) {
      yield value === undefined ? leftOut(where, 'is not what an export has there') : rowOf(value, where);
    }
  }

  private async *lines<Value>(part: Part, schema: z.ZodType<Value>) {
    const file = placeOf(this.directory, part);
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (!isThere && LATER_PARTS.includes(part)) return;
    if (!isThere) throw new BadExport(`The export has no ${part}.`);
    for await (const { number, text } of linesOf(createReadStream(file), MOST_LINE_BYTES)) {
      yield { where: `${part}, line ${number}`, value: parse(schema, text) };
    }
  }

  private person(value: z.output<typeof exportedPerson>, where: string): PersonRow {
    const { avatar, email, id, isBot, name, role, timezone, username } = value;
    if (username !== null) this.usernames.set(username, id);
    return {
      kind: 'person',
      key: id,
      where,
      name,
      username: username ?? undefined,
      email: email ?? undefined,
      // Whoever runs the import decides who runs the workspace.
      role: role === 'owner' || role === 'admin' ? 'member' : (role ?? 'member'),
      timezone: timezone ?? undefined,
      isActive: role !== null,
      isBot,
      avatar: avatar === null ? undefined : this.picture(avatar),
      notes: role === null ? ['was no member of the workspace'] : [],
    };
  }

  private talk(value: z.output<typeof exportedTalk>, where: string): Row {
    if (value.type === 'conversation') {
      const { createdAt, createdBy, id, kind, members, name, support, topic, visibility } = value;
      return {
        kind: 'conversation',
        key: id,
        where,
        shape: kind === 'channel' ? visibility : kind,
        name: name ?? (kind === 'support' ? 'Support' : 'Unnamed'),
        customer: support?.customerId ?? undefined,
        assignee: support?.assigneeId ?? undefined,
        topic,
        creator: createdBy ?? undefined,
        members,
        createdAt: new Date(createdAt),
      };
    }
    if (value.type === 'webhook') {
      const { avatar, conversationId, id, isEnabled, name } = value;
      return { kind: 'webhook', key: id, where, conversation: conversationId, name, avatar, isEnabled };
    }
    const { content, conversationId, createdAt, files, id, reactions, senderId, senderName, threadId } = value;
    return {
      kind: 'message',
      key: id,
      where,
      conversation: conversationId,
      author: senderId,
      authorName: senderName,
      at: new Date(createdAt),
      content: (nameOf) => content.replace(MENTIONED, (whole, name: string) => this.mention(whole, name, nameOf)),
      thread: threadId,
      reactions: reactions.map(({ emoji, userIds }) => ({ emoji, people: userIds })),
      files: files.map((file) => this.file(file)),
    };
  }

  private mention(whole: string, name: string, nameOf: (person: string) => string | undefined): string {
    const bare = name.toLowerCase().replace(/[._-]+$/, '');
    const found = [name.toLowerCase(), bare].find((one) => this.usernames.has(one));
    const called = found === undefined ? undefined : nameOf(this.usernames.get(found) ?? '');
    return called === undefined ? whole : `@${called}${name.slice(found?.length)}`;
  }

  private work(value: ExportedWork, where: string): Row {
    if (value.type === 'label') {
      const { color, name } = value;
      return { kind: 'label', key: labelKey(name), where, name, color };
    }
    if (value.type === 'comment') {
      const { authorId, content, createdAt, id, taskId } = value;
      return { kind: 'comment', key: id, where, task: taskId, author: authorId, at: new Date(createdAt), content };
    }
    if (value.type === 'time') {
      const { billable, id, note, startedAt, stoppedAt, taskId, userId } = value;
      const span = { startedAt: new Date(startedAt), stoppedAt: new Date(stoppedAt) };
      return { kind: 'time', key: id, where, task: taskId, person: userId, ...span, note, billable };
    }
    if (value.type === 'correction') {
      const { authorId, createdAt, deltaMs, entryId, id, reason } = value;
      const at = new Date(createdAt);
      return { kind: 'correction', key: id, where, time: entryId, author: authorId, deltaMs, reason, at };
    }
    const { description, isPrivate, labels, priority, status, title } = value;
    return {
      kind: 'task',
      key: value.id,
      where,
      ...{ description, isPrivate, labels, priority, status, title },
      author: value.createdBy,
      assignees: value.memberIds,
      category: value.category ?? undefined,
      link: value.link ?? undefined,
      dueAt: value.dueAt ?? undefined,
      dueOn: value.dueOn ?? undefined,
      recurrence: value.recurrence ?? undefined,
      parent: value.parentId ?? undefined,
      createdAt: new Date(value.createdAt),
      completedAt: value.completedAt === null ? undefined : new Date(value.completedAt),
      files: value.files.map((file) => this.file(file)),
    };
  }

  private picture(picture: ExportedPicture): Picture {
    return 'url' in picture ? picture : { file: this.file(picture) };
  }

  private file({ filename, id, type }: ExportedFile): FileOfRow {
    const open = async () => createReadStream(placeOf(this.directory, id));
    return { name: filename, type, open };
  }
}

function parse<Value>(schema: z.ZodType<Value>, text: string | undefined): Value | undefined {
  try {
    return schema.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}
