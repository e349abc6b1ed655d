import type { Operation } from '@atrium/protocol';
import type pg from 'pg';
import { type Person, type TestApp, testApp } from '../app.ts';
import type { KnownIds } from './inputs.ts';

/** The whole program, somebody who asks, and things to ask about. */
export interface BadInputWorld {
  app: TestApp;
  url: string;
  ann: Person;
  known: KnownIds;
  operations: readonly Operation[];
  /** A digest of every table's rows. */
  digest(): Promise<Record<string, string>>;
}

/**
 * What goes on by itself, whatever is asked: when a session was last used, mails on their way, who is here, and the
 * search index, which follows what was said.
 */
const RESTLESS: Record<string, string> = {
  session: "(to_jsonb(t) - 'last_used_at')::text",
  api_token: "(to_jsonb(t) - 'last_used_at')::text",
  mail: 't.id::text',
  presence: "nullif((t.chosen, t.chosen_until)::text, '(online,)')",
  search_entry: 'null::text',
  search_position: 'null::text',
  search_word: 'null::text',
};

/** Makes a world of its own; the asking person is the admin of the instance and the owner of all there is. */
export async function badInputWorld(): Promise<BadInputWorld> {
  const app = await testApp();
  const ann = await app.person('Ann');
  const bob = await app.person('Bob');
  const workspace = await ann.call('workspaces.create', { name: 'Team' });
  const { code } = await ann.call('workspaces.joinCode', { workspaceId: workspace.id });
  await bob.call('workspaces.join', { code });
  const conversation = await ann.call('conversations.create', {
    workspaceId: workspace.id,
    kind: 'channel',
    name: 'Plans',
  });
  const url = (await app.listen()).replace(/\/$/, '');
  const { pool } = app.database;
  const tables = await tablesOf(pool);
  return {
    app,
    url,
    ann,
    known: {
      workspaceId: workspace.id,
      conversationId: conversation.id,
      userId: bob.userId,
      sessionId: ann.actor.sessionId,
      stream: `conversation:${conversation.id}`,
      email: 'someone@example.org',
      password: 'a long sentence is a good one',
      code,
      toUserId: bob.userId,
    },
    operations: [...app.app.executor.operations.values()].map(({ operation }) => operation),
    async digest() {
      const parts = tables.map((name) => {
        const shown = RESTLESS[name] ?? 't::text';
        return `select '${name}' as name, md5(coalesce(string_agg(${shown}, ',' order by ${shown}), '')) as md5 from "${name}" t`;
      });
      const { rows } = await pool.query<{ name: string; md5: string }>(parts.join(' union all '));
      return Object.fromEntries(rows.map(({ name, md5 }) => [name, md5]));
    },
  };
}

async function tablesOf(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  return rows.map(({ name }) => name);
}
