import { randomUUID } from 'node:crypto';
import {
  type Api,
  contract,
  type Message,
  type Operation,
  type StreamName,
  type WorkspaceRole,
} from '@atrium/protocol';
import { sql } from 'kysely';
import type { Database } from '../src/platform/database/index.ts';
import type { Transact } from '../src/platform/module/index.ts';
import type { StoredEvent } from '../src/platform/stream/index.ts';
import { readEvents } from '../src/platform/stream/store.ts';
import { type OperationName, type TestApp, testApp } from './app.ts';

/** A person with an account; `api` calls as them. */
export interface Person {
  userId: string;
  api: Api;
}

/** A workspace with one person per role; `general` is its initial channel. */
export type Team = { id: string; general: string } & Record<WorkspaceRole, Person>;

/** The whole server, with the people, workspaces and messages that tests of features need. */
export interface TestWorld {
  database: Database;
  transact: Transact;
  /** The events since the last call, by stream and number. */
  told(): Promise<StoredEvent[]>;
  /** An account without anything, created without hashing a password. */
  person(): Promise<Person>;
  workspace(): Promise<Team>;
  join(workspaceId: string, owner: Person, role: Exclude<WorkspaceRole, 'owner'>, person?: Person): Promise<Person>;
  say(conversationId: string, sender: Person, content?: string): Promise<Message>;
  close(): Promise<void>;
}

function apiOf(app: TestApp, userId: string): Api {
  const call = app.as({
    kind: 'user',
    userId,
    sessionId: randomUUID(),
    role: 'user',
    emailVerified: true,
    expiresAt: new Date(Date.now() + 60_000),
  });
  const groups = Object.entries(contract).map(([group, verbs]) => {
    const operations = Object.entries(verbs as Record<string, Operation>);
    const methods = operations.map(([verb, { name }]) => [verb, (input: never) => call(name as OperationName, input)]);
    return [group, Object.fromEntries(methods)];
  });
  return Object.fromEntries(groups) as Api;
}

/** Creates a world on its own database. `env`: configuration by environment variable. */
export async function testWorld(env: Record<string, string> = {}): Promise<TestWorld> {
  const app = await testApp({ env });
  const { db } = app.database;
  const heads = new Map<string, number>();

  async function person(): Promise<Person> {
    const userId = randomUUID();
    const email = `${userId}@example.test`;
    await sql`insert into account (id, email, name) values (${userId}, ${email}, 'Someone')`.execute(db);
    return { userId, api: apiOf(app, userId) };
  }

  const join: TestWorld['join'] = async (workspaceId, owner, role, someone) => {
    const newcomer = someone ?? (await person());
    const { code } = await owner.api.workspaces.rotateJoinCode({ workspaceId, role });
    await newcomer.api.workspaces.join({ code });
    return newcomer;
  };

  return {
    database: app.database,
    transact: app.app.transact,
    person,
    join,

    async told() {
      const { rows } = await sql<{ name: StreamName; seq: number }>`
        select name, seq from stream order by name
      `.execute(db);
      const fresh: StoredEvent[] = [];
      for (const { name, seq } of rows) {
        const head = heads.get(name) ?? 0;
        if (seq > head) fresh.push(...(await readEvents(db, name, head, 10_000)));
      }
      for (const { stream, seq } of fresh) heads.set(stream, seq);
      return fresh;
    },

    async workspace() {
      const owner = await person();
      const { id } = await owner.api.workspaces.create({ name: 'Team' });
      const [first] = (await owner.api.conversations.list({ workspaceId: id })).items;
      return {
        id,
        general: first!.id,
        owner,
        admin: await join(id, owner, 'admin'),
        member: await join(id, owner, 'member'),
        guest: await join(id, owner, 'guest'),
        customer: await join(id, owner, 'customer'),
      };
    },

    async say(conversationId, sender, content = 'Hello') {
      const { message } = await sender.api.messages.send({ conversationId, content, clientMessageId: randomUUID() });
      return message;
    },

    close: () => app.close(),
  };
}
