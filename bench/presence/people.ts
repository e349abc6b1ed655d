import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { createKeyring } from '../../packages/server/src/modules/identity/index.ts';
import type { Database } from '../../packages/server/src/platform/database/index.ts';

/** Someone who can connect. */
export interface Someone {
  userId: string;
  token: string;
}

/** Makes people with sessions, in workspaces of so many each, past the operations: hashing passwords would take long. */
export async function makePeople(
  { pool }: Pick<Database, 'pool'>,
  dataDir: string,
  { people, perWorkspace }: { people: number; perWorkspace: number },
): Promise<Someone[]> {
  const keyring = await createKeyring({
    directory: path.join(dataDir, 'secrets'),
    clock: { now: () => new Date() },
  });
  const ids = Array.from({ length: people }, () => ({ userId: randomUUID(), sessionId: randomUUID() }));
  const users = ids.map(({ userId }) => userId);
  await pool.query(
    `insert into account (id, email, name, email_verified_at)
     select id, id || '@example.org', 'Someone', now() from unnest($1::uuid[]) id`,
    [users],
  );
  await pool.query(
    `insert into session (id, account_id, family_hash, token_hash, remember, device, ip, created_at, last_used_at, expires_at)
     select s, a, f, t, false, 'bench', '127.0.0.1', now(), now(), now() + interval '1 day'
     from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[]) as x (s, a, f, t)`,
    [ids.map(({ sessionId }) => sessionId), users, ids.map(() => randomBytes(32)), ids.map(() => randomBytes(32))],
  );
  for (let from = 0; from < people; from += perWorkspace) {
    await pool.query(
      `with made as (insert into workspace (id, name, created_at) values ($1, 'Bench', now()) returning id)
       insert into membership (workspace_id, account_id, role, joined_at)
       select made.id, a, 'member', now() from made, unnest($2::uuid[]) a`,
      [randomUUID(), users.slice(from, from + perWorkspace)],
    );
  }
  return Promise.all(
    ids.map(async (one) => ({ userId: one.userId, token: await keyring.sign({ ...one, tokenVersion: 1 }) })),
  );
}
