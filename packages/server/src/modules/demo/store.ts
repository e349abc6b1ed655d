import { sql } from 'kysely';
import type { Transaction } from '../../platform/database/index.ts';

declare module '../../platform/database/index.ts' {
  interface Tables {
    demo_person: { account_id: string; workspace_id: string };
  }
}

/** Lets only one transaction at a time load the demo. @returns false while another one does */
export async function beginDemo(tx: Transaction): Promise<boolean> {
  const { rows } = await sql<{ alone: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended('demo', 0)) as alone
  `.execute(tx);
  return rows[0]?.alone === true;
}

/** Records the people who exist only for the demo workspace. */
export async function insertDemoPeople(tx: Transaction, workspaceId: string, ids: readonly string[]): Promise<void> {
  await sql`
    insert into demo_person (account_id, workspace_id) select id, ${workspaceId} from unnest(${ids}::uuid[]) t (id)
  `.execute(tx);
}

/** Deletes the record of a workspace's people. @returns their ids */
export async function takeDemoPeople(tx: Transaction, workspaceId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from demo_person where workspace_id = ${workspaceId} returning account_id as id
  `.execute(tx);
  return rows.map(({ id }) => id);
}

/** Deletes the record of a person whose account is deleted. */
export async function deleteDemoPersonRow(tx: Transaction, accountId: string): Promise<void> {
  await sql`delete from demo_person where account_id = ${accountId}`.execute(tx);
}
