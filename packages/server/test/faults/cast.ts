import { randomUUID } from 'node:crypto';
import type { Person, TestApp } from '../app.ts';
import { recordSocket, type SocketRecorder } from '../socket.ts';

/** A user whose copy of the state is kept up to date: by what they request, and by what they receive. */
export interface Observer extends Person {
  tap: SocketRecorder;
}

/** People who stay for all cases. */
export interface Cast {
  app: TestApp;
  url: string;
  /** The administrator. */
  root: Observer;
  /** Owner of the workspaces, manager of the conversations. */
  ann: Observer;
  /** Member of the workspace and the channel. */
  bob: Observer;
  /** Admin of the workspace, not in the channel. */
  eve: Observer;
  /** Guest of the workspace, in the channel. */
  gus: Observer;
  /** Only in their own workspace. */
  dan: Observer;
}

/** The scene of a case: created for each. */
export interface Scene extends Cast {
  workspaceId: string;
  general: string;
  /** Private: ann (manager), bob and gus; with four messages, two of which bob has not read. */
  channel: string;
  /** Public: only ann. */
  open: string;
  /** Position of the last message in the channel. */
  last: number;
  /** The last message, sent by ann. */
  lastId: string;
}

export async function observe(app: TestApp, url: string, name: string, verified = true): Promise<Observer> {
  const person = await app.person(name, { verified });
  return { ...person, tap: await recordSocket(url, person.accessToken) };
}

export async function makeCast(app: TestApp): Promise<Cast> {
  const url = await app.listen();
  const root = await observe(app, url, 'Root');
  const [ann, bob, eve, gus, dan] = await Promise.all(
    ['Ann', 'Bob', 'Eve', 'Gus', 'Dan'].map((name) => observe(app, url, name)),
  );
  return { app, url, root, ann: ann!, bob: bob!, eve: eve!, gus: gus!, dan: dan! };
}

/** Sends a message. */
export function say(person: Person, conversationId: string, content = 'Hello') {
  return person.call('messages.send', { conversationId, content, clientMessageId: randomUUID() });
}

/** Adds a person to a workspace of ann's. */
export async function letIn(
  { ann }: { ann: Person },
  workspaceId: string,
  person: Person,
  role: 'admin' | 'member' | 'guest' | 'customer',
): Promise<void> {
  const { code } = await ann.call('workspaces.rotateJoinCode', { workspaceId, role });
  await person.call('workspaces.join', { code });
}

/** Adds an observer who joins the workspace as a member. */
export async function newcomer(scene: Scene, name: string, verified = true): Promise<Observer> {
  const extra = await observe(scene.app, scene.url, name, verified);
  await letIn(scene, scene.workspaceId, extra, 'member');
  return extra;
}

export async function makeScene(cast: Cast): Promise<Scene> {
  const { ann, bob, eve, gus } = cast;
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
  await letIn(cast, workspaceId, bob, 'member');
  await letIn(cast, workspaceId, eve, 'admin');
  await letIn(cast, workspaceId, gus, 'guest');
  const [channel, open] = await Promise.all([
    ann.call('conversations.create', {
      workspaceId,
      kind: 'channel',
      visibility: 'private',
      name: 'Plans',
      memberIds: [bob.userId, gus.userId],
    }),
    ann.call('conversations.create', { workspaceId, kind: 'channel', name: 'Open' }),
  ]);
  const [general] = (await eve.call('conversations.list', { workspaceId })).items;
  await say(bob, channel.id);
  await say(ann, channel.id);
  const { message: second } = await say(ann, channel.id);
  await bob.call('messages.ack', { conversationId: channel.id, readSeq: second.seq - 1 });
  const { message } = await say(ann, channel.id);
  return {
    ...cast,
    workspaceId,
    general: general!.id,
    channel: channel.id,
    open: open.id,
    last: message.seq,
    lastId: message.id,
  };
}

/** Deletes everything that would slow down the next case. */
export async function clearScene({ ann, bob, gus, workspaceId }: Scene): Promise<void> {
  await Promise.all([
    ...[bob, gus].map((person) => person.call('users.updateMe', { preferences: { hideReceipts: false } })),
    ann.call('workspaces.delete', { workspaceId }).catch(() => undefined),
  ]);
  const others = (await ann.call('workspaces.list', {})).items.filter(({ personal }) => !personal);
  await Promise.all(others.map(({ id }) => ann.call('workspaces.delete', { workspaceId: id })));
}

/** Fills a conversation with strangers up to `count` members, without operations: a hundred would take long. */
export async function fill(
  { app }: { app: TestApp },
  workspaceId: string,
  conversationId: string,
  count: number,
): Promise<void> {
  await app.database.pool.query(
    `with wanted as (
       select gen_random_uuid() as id from generate_series(
         1, $3::int - (select count(*)::int from conversation_member where conversation_id = $2)
       )
     ), people as (
       insert into account (id, email, name) select id, id || '@example.org', 'Extra' from wanted returning id
     ), inside as (
       insert into membership (workspace_id, account_id, role, joined_at) select $1, id, 'member', now() from people
       returning account_id
     )
     insert into conversation_member (conversation_id, account_id, role, joined_at)
     select $2, account_id, 'member', now() from inside`,
    [workspaceId, conversationId, count],
  );
}
