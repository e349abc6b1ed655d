import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../../test/app.ts';
import { DOT, type TestFile } from '../../../../test/multipart.ts';
import { encodeCursor } from '../../../platform/module/index.ts';
import { attachmentsQuery } from '../rows/attachment-store.ts';
import { type FilesWorld, filesWorld } from '../test/world.ts';

const ROLES = ['admin', 'member', 'guest', 'customer'] as const;
type Name = 'owner' | 'stranger' | (typeof ROLES)[number];

let world: FilesWorld;
let workspaceId: string;
let people: Record<Name, Person>;
let general: string;
/** All files of the workspace, whoever may read them. */
const all: string[] = [];

beforeAll(async () => {
  world = await filesWorld();
  const { ann: owner, app } = world;
  ({ workspaceId } = world);
  const join = async (role: (typeof ROLES)[number]) => {
    const person = await app.person(role);
    const { code } = await owner.call('workspaces.rotateJoinCode', { workspaceId, role });
    await person.call('workspaces.join', { code });
    return person;
  };
  const [admin, member, guest, customer] = [
    await join('admin'),
    await join('member'),
    await join('guest'),
    await join('customer'),
  ];
  people = { owner, admin, member, guest, customer, stranger: await app.person('Stranger') };
  general = (await owner.call('conversations.list', { workspaceId })).items[0]?.id ?? '';
  await fill();
});
afterAll(() => world.close());

const text = (name: string) => ({ name, type: 'text/plain', content: 'Roses' });

async function upload(as: Person, files: TestFile[] = [text('plan.txt')]): Promise<string> {
  const { attachments } = await as.call('attachments.upload', { workspaceId }, { files });
  return attachments[0]?.id ?? '';
}

async function send(as: Person, conversationId: string, files: TestFile[] = [text('plan.txt')]): Promise<string> {
  const id = await upload(as, files);
  const message = { conversationId, content: '', clientMessageId: randomUUID(), attachmentIds: [id] };
  await as.call('messages.send', message);
  return id;
}

async function addToTask(as: Person, visibility: 'members' | 'workspace', memberIds: string[]) {
  const task = await as.call('tasks.create', { workspaceId, title: 'Plan', visibility, memberIds });
  const { attachments } = await as.call('attachments.addToTask', { taskId: task.id }, { files: [text('list.csv')] });
  return { taskId: task.id, id: attachments[0]?.id ?? '' };
}

async function addProduct(as: Person, active: boolean): Promise<string> {
  const fileId = await upload(as, [DOT]);
  await as.call('products.create', {
    ...{ workspaceId, name: 'Rake', price: 1250, currency: 'EUR', active, images: [{ fileId }] },
  });
  return fileId;
}

/** Files in every kind of thing, of which each role sees other ones. */
async function fill(): Promise<void> {
  const { owner, admin, member, guest, customer } = people;
  const made = async (kind: 'channel' | 'group' | 'direct', memberIds: string[], visibility?: 'public' | 'private') =>
    (
      await member.call('conversations.create', {
        ...{ workspaceId, kind, memberIds, ...(kind === 'direct' ? {} : { name: randomUUID().slice(0, 8) }) },
        ...(visibility && { visibility }),
      })
    ).id;
  const hidden = await made('channel', [], 'private');
  const shared = await made('channel', [guest.userId], 'private');
  const open = await made('channel', [], 'public');
  const direct = await made('direct', [owner.userId]);
  const help = await customer.call('conversations.create', { workspaceId, kind: 'support', memberIds: [] });
  for (const id of [hidden, shared, open, direct, general]) all.push(await send(member, id));
  all.push(await send(guest, shared), await send(customer, help.id), await send(owner, general));
  for (const visibility of ['members', 'workspace'] as const) {
    all.push((await addToTask(member, visibility, [])).id);
    all.push((await addToTask(member, visibility, [guest.userId])).id);
    all.push((await addToTask(owner, visibility, [customer.userId])).id);
  }
  const gone = await addToTask(member, 'workspace', []);
  all.push(gone.id);
  await member.call('tasks.delete', { taskId: gone.taskId });
  all.push(await addProduct(admin, true), await addProduct(admin, false));
}

type Query = { kind?: 'image' | 'document'; q?: string; limit?: number };
async function list(as: Person, query: Query = {}) {
  const items = [];
  const pages: number[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof one>> = await one(as, { ...query, ...(cursor && { cursor }) });
    items.push(...page.items);
    pages.push(page.items.length);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { items, pages };
}
const one = (as: Person, query: Query & { cursor?: string } = {}) =>
  as.call('attachments.ofWorkspace', { workspaceId, ...query });

const reads = async (as: Person, id: string) =>
  as.call('attachments.get', { attachmentId: id }).then(
    () => true,
    () => false,
  );

describe('the files of a workspace', () => {
  it.each([...ROLES, 'owner'] as const)('are for the %s those that they can read, the latest first', async (name) => {
    const as = people[name];
    const readable: string[] = [];
    for (const id of all) if (await reads(as, id)) readable.push(id);
    expect(readable.length).toBeGreaterThan(0);
    const latestFirst = readable.sort().reverse();
    expect((await list(as)).items.map(({ id }) => id)).toEqual(latestFirst);
    for (const limit of [1, 3, latestFirst.length]) {
      const { items, pages } = await list(as, { limit });
      expect(items.map(({ id }) => id)).toEqual(latestFirst);
      expect(pages.every((size) => size > 0)).toBe(true);
    }
  });

  it('differ from role to role, and are none for a stranger', async () => {
    const of = async (name: Name) => (await list(people[name])).items.length;
    const counts = [await of('owner'), await of('member'), await of('guest'), await of('customer')];
    expect(new Set(counts).size).toBe(counts.length);
    await expect(one(people.stranger)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('say where they are, and who may delete them', async () => {
    const { items } = await list(people.guest);
    for (const { id, can } of items) {
      const may = await people.guest.call('attachments.get', { attachmentId: id });
      expect(may.id).toBe(id);
      const { uploadedBy } = items.find((item) => item.id === id) ?? {};
      expect([id, can.delete]).toEqual([id, uploadedBy === people.guest.userId]);
    }
    const ofTask = items.find(({ taskId }) => taskId !== null);
    expect(ofTask).toMatchObject({ parentName: 'Plan', conversationId: null, productId: null });
    const { items: owners } = await list(people.owner);
    const sent = owners.find(({ conversationId }) => conversationId === general);
    const message = await people.owner.call('messages.get', { messageId: sent?.messageId ?? '' });
    expect(sent).toMatchObject({ parentName: 'general', messageSeq: message.seq, threadId: null });
    expect(owners.find(({ productId }) => productId !== null)).toMatchObject({ parentName: 'Rake', messageId: null });
    expect(owners.every(({ can, uploadedBy }) => can.delete || uploadedBy !== people.owner.userId)).toBe(true);
  });

  it('are found by their kind and by a part of their name', async () => {
    const { owner } = people;
    all.push(await send(owner, general, [text('Crème brûlée.txt')]));
    const names = async (query: Query) => [
      ...new Set((await list(owner, query)).items.map(({ filename }) => filename)),
    ];
    expect(await names({ kind: 'image' })).toEqual(['dot.png']);
    expect(await names({ kind: 'document' })).not.toContain('dot.png');
    expect(await names({ q: 'BRULEE' })).toEqual(['Crème brûlée.txt']);
    expect(await names({ q: 'dot', kind: 'document' })).toEqual([]);
    expect(await names({ q: '%' })).toEqual([]);
  });

  it('do not have what is not used yet, nor what was deleted', async () => {
    const { owner } = people;
    const unused = await upload(owner);
    const deleted = await send(owner, general, [text('gone.txt')]);
    const message = (await owner.call('attachments.ofConversation', { conversationId: general })).items[0]?.messageId;
    await owner.call('messages.delete', { messageId: message ?? '' });
    const ids = (await list(owner)).items.map(({ id }) => id);
    expect(ids).not.toContain(unused);
    expect(ids).not.toContain(deleted);
  });

  it.each([encodeCursor([randomUUID()]), 'abc', 'A'.repeat(60)])('refuse the cursor %s', async (cursor) => {
    await expect(one(people.owner, { cursor })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('refuse the cursor of another workspace', async () => {
    const { nextCursor } = await one(people.owner, { limit: 1 });
    const other = await people.owner.call('workspaces.create', { name: 'Other' });
    const asked = people.owner.call('attachments.ofWorkspace', { workspaceId: other.id, cursor: nextCursor ?? '' });
    await expect(asked).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('many files that somebody may not read', () => {
  const HIDDEN = 4_500;
  let hiddenIds: string[];
  let before: Awaited<ReturnType<typeof list>>['items'];

  beforeAll(async () => {
    before = (await list(people.guest)).items;
    const { rows } = await sql<{ id: string }>`
      insert into attachment (
        id, workspace_id, uploader_id, upload_id, position, stored, filename, type, bytes, original_bytes,
        conversation_id, message_id, created_at
      )
      select uuidv7(), workspace_id, uploader_id, gen_random_uuid(), 0, true, 'secret.txt', type, bytes, original_bytes,
        conversation_id, message_id, now()
      from attachment a, generate_series(1, ${HIDDEN}::int)
      where a.id = ${all[0] ?? ''}
      returning id
    `.execute(world.app.database.db);
    hiddenIds = rows.map(({ id }) => id);
  });

  it('are passed over in bounded steps, and the rest is what it was', async () => {
    const { items, pages } = await list(people.guest);
    expect(items).toEqual(before);
    expect(pages.slice(0, 2)).toEqual([0, 0]);
    expect(pages.length).toBeLessThanOrEqual(4);
    expect((await list(people.guest, { q: 'secret' })).items).toEqual([]);
    expect((await list(people.member, { q: 'secret', limit: 200 })).items).toHaveLength(HIDDEN);
  });

  it('cannot be learned of from a cursor', async () => {
    const { nextCursor } = await one(people.guest);
    const seen = Buffer.from(nextCursor ?? '', 'base64url');
    const last = hiddenIds.sort().at(-2_000) ?? '';
    expect(seen.length).toBeGreaterThan(0);
    for (const form of [Buffer.from(last), Buffer.from(last.replaceAll('-', ''), 'hex')])
      expect(seen.includes(form)).toBe(false);
    // The same position is another text each time.
    expect((await one(people.guest)).nextCursor).not.toBe(nextCursor);
  });

  it('are read by their index, without sorting', async () => {
    const { db } = world.app.database;
    await sql`
      insert into attachment (
        id, workspace_id, uploader_id, upload_id, position, stored, filename, type, bytes, original_bytes, created_at
      )
      select uuidv7(), w, ${people.owner.userId}, gen_random_uuid(), 0, true, 'a.txt', 'text/plain', 5, 5, now()
      from (select gen_random_uuid() as w from generate_series(1, 200)) other, generate_series(1, 100)
    `.execute(db);
    await sql`vacuum analyze attachment`.execute(db);
    const { rows } = await sql<{ workspaceId: string; latest: string }>`
      select workspace_id as "workspaceId", id as latest from attachment
      where workspace_id <> ${workspaceId} order by id desc limit 1
    `.execute(db);
    const { rows: lines } = await sql<{ 'QUERY PLAN': string }>`
      explain ${attachmentsQuery(rows[0]?.workspaceId ?? '', { after: rows[0]?.latest, limit: 50 })}
    `.execute(db);
    const plan = lines.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('using attachment_workspace on attachment');
    expect(plan).not.toContain('Sort');
  });
});
