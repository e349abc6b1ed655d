import { type AtriumClient, createClient, type LiveEvent, replay, type StreamName } from '@atrium/client';
import { type SyncPage, sizes } from '@atrium/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pruneEvents } from '../../src/platform/stream/store.ts';
import { type Person, type TestApp, testApp } from '../app.ts';
import { fresh, takeCopy } from '../live-copy.ts';
import { recordSocket, type SocketAnswer, type SocketRecorder } from '../socket.ts';
import { type Checkpoint, checkpoint } from '../walk/checkpoint.ts';
import { letIn, say } from './cast.ts';
import { type LinkProxy, startProxy } from './harness/proxy.ts';
import { until } from './harness/until.ts';

const DAY_MS = 86_400_000;
/** Nothing listens there. */
const NOWHERE = 9;

let app: TestApp;
let url: string;
let ann: Person;
let bob: Person;
/** A user with a separate conversation. */
let dan: Person;
let workspaceId: string;
let foreign: StreamName;
let tap: SocketRecorder;
const cleanups: (() => unknown)[] = [];

beforeAll(async () => {
  app = await testApp();
  url = await app.listen();
  [ann, bob, dan] = [await app.person('Ann'), await app.person('Bob'), await app.person('Dan')];
  workspaceId = (await ann.call('workspaces.create', { name: 'Garden' })).id;
  await letIn({ ann }, workspaceId, bob, 'member');
  const [general] = (await dan.call('conversations.list', {})).items;
  foreign = `conversation:${general!.id}`;
  tap = await recordSocket(url, bob.accessToken);
});

afterAll(async () => {
  tap?.close();
  for (const cleanup of cleanups.reverse()) await cleanup();
  await app?.close();
});

/** A channel of ann and bob whose stream has `count` events. */
async function channel(count: number): Promise<{ id: string; stream: StreamName }> {
  const { id } = await ann.call('conversations.create', {
    workspaceId,
    kind: 'channel',
    visibility: 'private',
    name: crypto.randomUUID(),
    memberIds: [bob.userId],
  });
  await Promise.all(Array.from({ length: count - 2 }, () => say(ann, id)));
  return { id, stream: `conversation:${id}` };
}

/** Makes the events up to a position old, and prunes them. */
async function prune(stream: StreamName, upTo: number): Promise<void> {
  await age(stream, upTo);
  await pruneEvents(app.database.db, new Date(Date.now() - 30 * DAY_MS), 5_000);
}

const age = (stream: StreamName, upTo: number) =>
  app.database.pool.query("update event set at = at - interval '40 days' where stream = $1 and seq <= $2", [
    stream,
    upTo,
  ]);

/** Adds events to a stream without announcing them. */
async function growSilently(stream: StreamName, count: number): Promise<void> {
  const conversationId = stream.slice(stream.indexOf(':') + 1);
  await app.database.pool.query(
    `insert into event (stream, seq, type, body)
     select s.name, s.seq + n, 'conversation:updated', $3::json from stream s, generate_series(1, $2::int) n where s.name = $1`,
    [stream, count, JSON.stringify({ conversationId })],
  );
  await app.database.pool.query('update stream set seq = seq + $2 where name = $1', [stream, count]);
}

const resume = (since: Record<string, number>, epoch?: string) =>
  bob.call('streams.resume', { since, ...(epoch === undefined ? {} : { epoch }) });

const seqsOf = (events: SyncPage['events'] | LiveEvent[], stream: StreamName) =>
  events.filter(({ meta }) => meta.stream === stream).map(({ meta }) => meta.seq);

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe('F24 a position that the log cannot resume from', () => {
  it('F24 before the floor starts over; from the floor on everything is returned', async () => {
    const { stream } = await channel(9);
    await prune(stream, 5);
    expect(await resume({ [stream]: 4 })).toEqual({ events: [], heads: { [stream]: 9 }, more: false, reset: [stream] });
    expect((await bob.call('streams.sync', { stream, after: 0 })).reset).toEqual([stream]);
    const page = await resume({ [stream]: 5 });
    expect(page).toMatchObject({ reset: [], more: false });
    expect(seqsOf(page.events, stream)).toEqual(range(6, 9));
  });

  it('F24 after the head starts over, up to the largest possible position', async () => {
    const { stream } = await channel(4);
    expect(await resume({ [stream]: 4 })).toMatchObject({ events: [], reset: [] });
    for (const last of [5, 1_000, Number.MAX_SAFE_INTEGER]) {
      expect(await resume({ [stream]: last })).toMatchObject({ events: [], reset: [stream], heads: { [stream]: 4 } });
    }
  });

  it('F24 too far behind starts over; the maximum does not', async () => {
    const { stream } = await channel(3);
    await growSilently(stream, sizes.syncLag - 3);
    expect(await resume({ [stream]: 0 })).toMatchObject({ more: true, reset: [] });
    await growSilently(stream, 1);
    expect(await resume({ [stream]: 0 })).toMatchObject({ events: [], more: false, reset: [stream] });
    expect((await resume({ [stream]: 1 })).reset).toEqual([]);
  });

  it('F24 of a stream that does not exist, or that the caller may not read, gives the same answer for both', async () => {
    const unknown: StreamName = `conversation:${crypto.randomUUID()}`;
    for (const stream of [unknown, foreign, `user:${ann.userId}`, `workspace:${crypto.randomUUID()}`] as StreamName[]) {
      const nothing = { events: [], heads: {}, more: false, reset: [stream] };
      expect(await resume({ [stream]: 0 })).toEqual(nothing);
      expect(await bob.call('streams.sync', { stream, after: 1 })).toEqual(nothing);
    }
  });

  it('F24 of another epoch starts everything over', async () => {
    const { stream } = await channel(3);
    const own: StreamName = `user:${bob.userId}`;
    const { epoch } = await bob.call('streams.snapshot', {});
    expect((await resume({ [stream]: 1, [own]: 0 }, epoch)).reset).toEqual([]);
    const nothing = { events: [], heads: {}, more: false, reset: [stream, own] };
    expect(await resume({ [stream]: 1, [own]: 0 }, crypto.randomUUID())).toEqual(nothing);
  });

  it('F24 among valid ones does not affect those', async () => {
    const [good, pruned, ahead] = [await channel(6), await channel(6), await channel(6)];
    await prune(pruned.stream, 4);
    const since = { [pruned.stream]: 2, [good.stream]: 2, [foreign]: 0, [ahead.stream]: 7 };
    const page = await resume(since);
    expect([...page.reset].sort()).toEqual([pruned.stream, foreign, ahead.stream].sort());
    expect(page.events.map(({ meta }) => [meta.stream, meta.seq])).toEqual(
      range(3, 6).map((seq) => [good.stream, seq]),
    );
    expect(Object.keys(page.heads).sort()).toEqual([good.stream, pruned.stream, ahead.stream].sort());
  });

  it('F24 while the log is being pruned gives all or nothing', async () => {
    const { stream } = await channel(400);
    await age(stream, 380);
    const pages: SyncPage[] = [];
    let pruning = true;
    const ask = async () => {
      while (pruning) pages.push(await bob.call('streams.sync', { stream, after: 0 }));
    };
    const before = new Date(Date.now() - 30 * DAY_MS);
    const garbage = async () => {
      while ((await pruneEvents(app.database.db, before, 10)) > 0);
      pruning = false;
    };
    await Promise.all([ask(), ask(), ask(), garbage()]);
    for (const page of pages) {
      const seqs = seqsOf(page.events, stream);
      expect(seqs).toEqual(page.reset.length > 0 ? [] : range(1, seqs.length));
      expect(page.reset.length > 0 || seqs.length === 400 || page.more).toBe(true);
    }
    expect(pages.at(-1)?.reset).toEqual([stream]);
  });
});

/** Statuses of one command in both ways. */
async function statuses(method: 'GET' | 'POST', path: string, payload: string, name: string, input: unknown) {
  const response = await app.app.http.inject({
    method,
    url: `/api/v1${path}`,
    headers: {
      authorization: `Bearer ${bob.accessToken}`,
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
    },
    ...(method === 'POST' ? { payload } : {}),
  });
  const answer: SocketAnswer = await tap.call(name, input);
  return [response.statusCode, answer.ok ? 200 : answer.error.status];
}

describe('F24 an invalid position', () => {
  const own = () => `user:${bob.userId}`;

  it.each(['-1', '1.5', '9007199254740992', '1e309', 'null', '"1"', 'true', '[]', '{}'])(
    'F24 %s is refused',
    async (text) => {
      const payload = `{"since":{"${own()}":${text}}}`;
      const value: unknown = JSON.parse(text);
      // A socket sends numbers as JSON too, which has no infinity.
      const input = { since: { [own()]: value } };
      expect(await statuses('POST', '/streams/resume', payload, 'streams.resume', input)).toEqual([400, 400]);
    },
  );

  it.each(['-1', '1.5', '9007199254740992', 'NaN', 'Infinity', '1e3', '', '0x10', '1,2'])(
    'F24 after=%s is refused',
    async (text) => {
      const path = `/streams/${own()}/events?after=${encodeURIComponent(text)}`;
      const input = { stream: own(), after: text === '' ? null : text };
      expect(await statuses('GET', path, '', 'streams.sync', input)).toEqual([400, 400]);
    },
  );

  it.each([
    'conversation:',
    'conversation:x',
    'shelf:0197a0b0-0000-7000-8000-000000000000',
    'conversation:0197A0B0-0000-7000-8000-000000000000',
    'conversation:0197a0b0-0000-7000-8000-000000000000 ',
    ' conversation:0197a0b0-0000-7000-8000-000000000000',
    '__proto__',
    'constructor',
  ])('F24 a stream called %j is refused', async (stream) => {
    const payload = `{"since":{${JSON.stringify(stream)}:0}}`;
    const since: unknown = JSON.parse(`{${JSON.stringify(stream)}:0}`);
    expect(await statuses('POST', '/streams/resume', payload, 'streams.resume', { since })).toEqual([400, 400]);
    const path = `/streams/${encodeURIComponent(stream)}/events?after=0`;
    expect(await statuses('GET', path, '', 'streams.sync', { stream, after: 0 })).toEqual([400, 400]);
  });

  it('F24 more streams than fit into one packet are refused', async () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, () => [`conversation:${crypto.randomUUID()}`, 0]));
    const [most, tooMany] = [many(sizes.resumeStreams), many(sizes.resumeStreams + 1)];
    const ask = (since: Record<string, number>) =>
      statuses('POST', '/streams/resume', JSON.stringify({ since }), 'streams.resume', { since });
    expect(await ask(most)).toEqual([200, 200]);
    expect(await ask(tooMany)).toEqual([400, 400]);
    expect((await resume(most)).reset).toHaveLength(sizes.resumeStreams);
  });
});

describe('F24 the SDK has the state of the database in the end', () => {
  let proxy: LinkProxy;
  let client: AtriumClient;
  let room: { id: string; stream: StreamName };
  const port = () => Number(new URL(url).port);

  // Another connection on this node would know positions from before the backup was restored.
  beforeAll(() => tap.close());
  afterEach(() => client.close());

  /** The client sees the scene and the events `before`, is disconnected, and reconnects after `meanwhile`. */
  async function away(meanwhile: () => Promise<unknown>, before?: () => Promise<unknown>): Promise<void> {
    room = await channel(6);
    proxy = await startProxy(port(), (cleanup) => void cleanups.push(cleanup));
    client = createClient({ url: proxy.url, tokens: bob, deliveredReceipts: false });
    await client.connect();
    await client.loadMessages(room.id);
    expect(client.state.messages[room.id]?.items).toHaveLength(4);
    await before?.();
    proxy.retarget(NOWHERE);
    proxy.cut();
    await until(() => client.live.status !== 'online', 20_000, 'the client to be cut off');
    await meanwhile();
    proxy.retarget(port());
    await until(() => client.live.status === 'online', 20_000, 'the client to come back');
    await until(same, 20_000, 'the client to have what the database has').catch(() => undefined);
    expect(shown()).toEqual(shownBy(await takeCopy(bob)));
    // And it continues from there.
    if (!(room.id in client.state.conversations)) return;
    const { message } = await say(ann, room.id, 'Are you there?');
    await until(() => client.state.conversations[room.id]?.lastMessage?.id === message.id, 20_000, 'the next message');
    await client.loadMessages(room.id);
    const { items } = await bob.call('messages.list', { conversationId: room.id, limit: 200 });
    expect(client.state.messages[room.id]?.items).toEqual(items);
  }

  const shown = () => ({
    me: client.state.me,
    workspaces: client.state.workspaces,
    conversations: client.state.conversations,
  });
  const shownBy = (copy: Parameters<typeof fresh>[0]) => {
    const { me, workspaces, conversations } = fresh(copy);
    return { me, workspaces, conversations };
  };
  const same = async () => JSON.stringify(sorted(shown())) === JSON.stringify(sorted(shownBy(await takeCopy(bob))));

  it('F24 if its position has been pruned', () =>
    away(async () => {
      for (const content of ['One', 'Two', 'Three']) await say(ann, room.id, content);
      await prune(room.stream, 8);
    }));

  it('F24 control: a copy that does not start over when told to is wrong', async () => {
    const { snapshot } = await takeCopy(bob);
    for (const content of ['One', 'Two']) await say(ann, room.id, content);
    const { message } = await say(ann, room.id, 'Three');
    await prune(room.stream, message.seq - 1);
    const page = await bob.call('streams.resume', { since: snapshot.asOf });
    expect(page.reset).toContain(room.stream);
    expect(replay(snapshot, page.events as LiveEvent[])).not.toEqual(fresh(await takeCopy(bob)));
  });

  it('F24 if it missed too many events', () => away(() => growSilently(room.stream, sizes.syncLag + 1)));

  it('F24 if its user was removed', () =>
    away(() => ann.call('conversations.removeMember', { conversationId: room.id, userId: bob.userId })));

  it('F24 if its conversation was deleted', () =>
    away(() => ann.call('conversations.delete', { conversationId: room.id })));

  it.each([
    ['with another epoch', 'update instance set epoch = gen_random_uuid()'],
    ['with the same epoch', 'select'],
  ])('F24 that is ahead of a restored backup %s', async (_, sql) => {
    let backup: Checkpoint;
    const seen = async () => {
      backup = await checkpoint(app.database.pool);
      const { message } = await say(ann, room.id, 'Lost with the backup');
      await until(() => client.state.conversations[room.id]?.lastMessage?.id === message.id, 20_000, 'the message');
    };
    const restored = async () => {
      await backup.restore(await backup.changed());
      await app.database.pool.query(sql);
    };
    await away(restored, seen);
    const kept = client.state.messages[room.id]?.items.map(({ content }) => content);
    expect(kept).toEqual(['Hello', 'Hello', 'Hello', 'Hello', 'Are you there?']);
  });
});

/** The same with the keys of every object sorted. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
