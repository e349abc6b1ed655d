import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { messageSource } from '../src/modules/chat/search/source.ts';
import { Indexer } from '../src/modules/search/indexer.ts';
import type { TableLifecycle } from '../src/platform/module/index.ts';
import { PASSWORD, type Person, type TestApp, testApp } from './app.ts';
import { junkRows } from './lifecycle/junk-rows.ts';
import { lifecycleFileOf, type Reference, referencesIn } from './lifecycle/references.ts';

/** A queue of rows to delete: its rows are created by deletions. */
const WORK = ['file_clearing'];

/** A database full of rows, and one object that is deleted. */
interface Scene {
  app: TestApp;
  references: Reference[];
  tables: Record<string, TableLifecycle>;
  id: string;
  go: () => Promise<unknown>;
}

/** The scene: Ann's workspace with Ben in it and a channel of both, and another one that is not changed. */
async function setUp(target: Reference['target']): Promise<Scene> {
  const app = await testApp();
  // With its jobs, which delete large amounts.
  await app.listen();
  const [ann, ben] = [await app.person('Ann'), await app.person('Ben')];
  const [workspaceId, otherId] = [await open(ann), await open(ann)];
  const { code } = await ann.call('workspaces.joinCode', { workspaceId });
  await ben.call('workspaces.join', { code });
  const channel = { kind: 'channel', visibility: 'private', name: 'Plans' } as const;
  const { id: conversationId } = await ann.call('conversations.create', { ...channel, workspaceId });
  const { id: elsewhere } = await ann.call('conversations.create', { ...channel, workspaceId: otherId });
  const [id, go] = {
    account: [ben.userId, () => ben.call('users.delete', { password: PASSWORD })] as const,
    workspace: [workspaceId, () => ann.call('workspaces.delete', { workspaceId })] as const,
    conversation: [conversationId, () => ann.call('conversations.delete', { conversationId })] as const,
  }[target];
  // Search has indexed the conversation, and so detects that it was deleted.
  await ann.call('messages.send', { conversationId, content: 'Hello', clientMessageId: randomUUID() });
  await vi.waitFor(async () => {
    const known = 'select from search_entry where place_id = $1';
    expect((await app.database.pool.query(known, [conversationId])).rowCount).toBe(1);
  });
  // Ben has a customer's case.
  const kim = await app.person('Kim');
  const forCustomers = await ann.call('workspaces.rotateJoinCode', { workspaceId, role: 'customer' });
  await kim.call('workspaces.join', { code: forCustomers.code });
  const supportCase = await kim.call('conversations.create', { workspaceId, kind: 'support' });
  await ben.call('support.take', { conversationId: supportCase.id });
  const { id: task } = await ann.call('tasks.create', { title: 'Dig', workspaceId });
  const others =
    target === 'account'
      ? { account: ann.userId, workspace: workspaceId, conversation: conversationId, task }
      : { account: ann.userId, workspace: otherId, conversation: elsewhere, task };
  const insert = await junkRows(app.database, others);
  const tables: Record<string, TableLifecycle> = Object.assign({}, ...app.app.modules.map((module) => module.tables));
  const references = (await referencesIn(app.database)).filter(
    ({ table, ...reference }) => reference.target === target && !WORK.includes(table),
  );
  const scene = { app, references, tables, id, go };
  const present = await naming(scene);
  for (const { table, column } of references) {
    // A row of the server's own may be deleted with something else.
    const goes = tables[table]?.whenGone[column] !== 'kept';
    if (!goes || !present.has(`${table}.${column}`)) await insert({ table, column, id });
  }
  return scene;
}

/** The server's own index does so once a minute. */
async function tidySearch({ database }: TestApp): Promise<void> {
  await new Indexer({ database, source: messageSource, log: { warn: () => undefined } }).tidy();
}

const open = async (who: Person) => (await who.call('workspaces.create', { name: 'Garden' })).id;

async function naming({ app, references, id }: Scene): Promise<Set<string>> {
  const found = new Set<string>();
  for (const { table, column } of references) {
    const { rowCount } = await app.database.pool.query(`select from "${table}" where "${column}" = $1 limit 1`, [id]);
    if (rowCount) found.add(`${table}.${column}`);
  }
  return found;
}

async function headOf({ database }: TestApp): Promise<Date> {
  const { rows } = await database.pool.query<{ now: Date }>('select clock_timestamp() as now');
  return rows[0]!.now;
}

/** The events after a moment. */
async function typesAfter({ database }: TestApp, since: Date): Promise<Set<string>> {
  const { rows } = await database.pool.query<{ type: string }>('select distinct type from event where at >= $1', [
    since,
  ]);
  return new Set(rows.map(({ type }) => type));
}

/** What is wrong, and where it is declared. */
function faultOf({ table, column }: Reference, stays: boolean): string {
  return `${table}.${column} ${stays ? 'is gone, and is to stay' : 'is still there'}: ${lifecycleFileOf(table)}`;
}

describe.each(['account', 'workspace', 'conversation'] as const)('P8 when the %s is deleted', (target) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await setUp(target);
  }, 120_000);
  afterAll(() => scene?.app.close());

  it('the rows of every table that refer to it are deleted or kept as the table declares', async () => {
    const { references, tables, go } = scene;
    expect([...(await naming(scene))].sort()).toEqual(
      references.map(({ table, column }) => `${table}.${column}`).sort(),
    );
    const since = await headOf(scene.app);
    await go();
    await tidySearch(scene.app);
    const staying = (reference: Reference) => tables[reference.table]?.whenGone[reference.column] === 'kept';
    await vi.waitFor(
      async () => {
        const left = await naming(scene);
        const wrong = references.filter((each) => left.has(`${each.table}.${each.column}`) !== staying(each));
        expect(wrong.map((each) => faultOf(each, staying(each)))).toEqual([]);
      },
      { timeout: 20_000, interval: 200 },
    );
    const told = await typesAfter(scene.app, since);
    const alone = { account: [], workspace: ['workspace:left'], conversation: ['conversation:left'] };
    const going = target === 'account' ? references.filter((each) => !staying(each)) : [];
    expect(alone[target].filter((type) => !told.has(type))).toEqual([]);
    const untold = going.flatMap(({ table }) => {
      const type = tables[table]?.told;
      if (typeof type !== 'string' || told.has(type)) return [];
      return [`nobody was told ${type}, as ${lifecycleFileOf(table)} says of ${table}`];
    });
    expect([...new Set(untold)]).toEqual([]);
  });
});
