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
import pino from 'pino';
import { testDatabase } from '../../../../test/database.ts';
import type { Database } from '../../../platform/database/index.ts';
import { createLimiter } from '../../../platform/limits/index.ts';
import { createExecutor } from '../../../platform/operations/execute.ts';
import type { StoredEvent } from '../../../platform/stream/index.ts';
import { workspacesModule } from '../../workspaces/index.ts';
import { chatModule, chatWorkspaceHooks } from '../index.ts';

/** Someone with an account; `api` calls as them. */
export interface Person {
  userId: string;
  api: Api;
}

/** One volatile event that was sent. */
export interface Sent {
  streams: readonly StreamName[];
  type: string;
  data: Record<string, unknown>;
  exceptUserId: string | undefined;
}

/** Chat and workspaces behind the real road of calls, over real PostgreSQL, without a server. */
export interface World {
  database: Database;
  /** What has been told since, in the order of commits; taken away by reading. */
  told(): StoredEvent[];
  sent: Sent[];
  person(name?: string): Promise<Person>;
  /** A workspace with one person per role. */
  workspace(): Promise<{ id: string; general: string } & Record<WorkspaceRole, Person>>;
  join(workspaceId: string, owner: Person, role: Exclude<WorkspaceRole, 'owner'>, person?: Person): Promise<Person>;
  say(conversationId: string, sender: Person, content?: string): Promise<Message>;
  close(): Promise<void>;
}

/** Makes a world of its own. */
export async function chatWorld(): Promise<World> {
  const database = await testDatabase();
  const events: StoredEvent[] = [];
  const sent: Sent[] = [];
  const hub = { committed: (committed: readonly StoredEvent[]) => void events.push(...committed) };
  const endless = { points: 1e6, seconds: 1 };
  const limiter = createLimiter({
    user: endless,
    message: endless,
    conversation: endless,
    receipt: endless,
    typing: endless,
  });
  const modules = [
    workspacesModule({ hooks: [chatWorkspaceHooks], appUrl: 'http://localhost' }),
    chatModule({
      database,
      hub,
      limiter,
      connections: {
        broadcast: (streams, type, data, options) =>
          void sent.push({ streams, type, data, exceptUserId: options?.exceptUserId }),
      },
    }),
  ];
  const executor = createExecutor({
    database,
    hub,
    jobs: { addJobs: () => Promise.resolve() },
    limiter,
    log: pino({ level: 'silent' }),
    clock: { now: () => new Date() },
    implementations: modules.flatMap((module) => module.operations),
    loaders: Object.assign({}, ...modules.map((module) => module.access)),
    unverifiedMay: () => Promise.resolve('everything'),
  });

  function apiOf(userId: string): Api {
    const actor = {
      kind: 'user' as const,
      userId,
      sessionId: randomUUID(),
      role: 'user' as const,
      emailVerified: true,
      expiresAt: new Date(Date.now() + 60_000),
    };
    const request = { id: 'test', ip: '127.0.0.1', userAgent: 'test', transport: 'rest' as const };
    const cookies = { set() {}, clear() {} };
    const groups = Object.entries(contract).map(([group, verbs]) => [
      group,
      Object.fromEntries(
        Object.entries(verbs as Record<string, Operation>).map(([verb, { name }]) => [
          verb,
          async (input: unknown) => (await executor.execute({ name, input, actor, request, cookies })).data,
        ]),
      ),
    ]);
    return Object.fromEntries(groups) as Api;
  }

  async function person(name = 'Someone'): Promise<Person> {
    const userId = randomUUID();
    await sql`insert into account (id, email, name) values (${userId}, ${`${userId}@example.test`}, ${name})`.execute(
      database.db,
    );
    return { userId, api: apiOf(userId) };
  }

  const join: World['join'] = async (workspaceId, owner, role, someone) => {
    const newcomer = someone ?? (await person());
    const { code } = await owner.api.workspaces.rotateJoinCode({ workspaceId, role });
    await newcomer.api.workspaces.join({ code });
    return newcomer;
  };

  return {
    database,
    sent,
    told: () => events.splice(0),
    person,
    join,

    async workspace() {
      const owner = await person('Owner');
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

    close: () => database.close(),
  };
}
