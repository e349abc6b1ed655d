import type { WorkspaceRole } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';
import type { IdPage } from '../../platform/module/index.ts';

interface WorkspaceRow {
  id: string;
  name: string;
  personal_of: string | null;
  version: number;
  created_at: Date;
  retention_days: number | null;
}

declare module '../../platform/database/index.ts' {
  interface Tables {
    workspace: WorkspaceRow;
  }
}

/** A stored workspace. */
export interface StoredWorkspace {
  id: string;
  name: string;
  /** The account whose personal workspace it is. */
  personalOf: string | null;
  version: number;
  createdAt: Date;
  /** Days that messages are kept; null: forever. */
  retentionDays: number | null;
}

/** A workspace with the role of one member. */
export interface WorkspaceWithRole extends StoredWorkspace {
  role: WorkspaceRole;
}

const columns = [
  'workspace.id',
  'workspace.name',
  'workspace.personal_of as personalOf',
  'workspace.version',
  'workspace.created_at as createdAt',
  'workspace.retention_days as retentionDays',
] as const;

/** Adds a workspace without members. Fails for a second personal workspace of one account. */
export async function insertWorkspace(
  tx: Transaction,
  workspace: { id: string; name: string; personalOf: string | null; now: Date },
): Promise<StoredWorkspace> {
  const { id, name, personalOf, now } = workspace;
  await tx.insertInto('workspace').values({ id, name, personal_of: personalOf, version: 1, created_at: now }).execute();
  return { id, name, personalOf, version: 1, createdAt: now, retentionDays: null };
}

/**
 * Locks the workspace until the transaction ends. Every change of its members, codes or settings does this first, so
 * that checks such as "is there another owner" run one after the other. For `deletion` nothing can be added to it
 * either.
 */
export async function lockWorkspace(
  tx: Transaction,
  id: string,
  purpose: 'change' | 'deletion' = 'change',
): Promise<StoredWorkspace | undefined> {
  const query = tx.selectFrom('workspace').select(columns).where('id', '=', id);
  return (purpose === 'change' ? query.forNoKeyUpdate() : query.forUpdate()).executeTakeFirst();
}

/**
 * Keeps workspaces from being deleted until the transaction ends; locks them in the common order.
 * @returns those that are not deleted
 */
export async function holdWorkspaces(tx: Transaction, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from workspace where id = any(${ids}::uuid[]) order by id for key share
  `.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/** Renames a workspace. */
export async function renameWorkspace(tx: Transaction, id: string, name: string): Promise<StoredWorkspace | undefined> {
  return tx
    .updateTable('workspace')
    .set((eb) => ({ name, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirst();
}

/** Sets how long messages of a workspace are kept. */
export async function setRetention(
  tx: Transaction,
  id: string,
  days: number | null,
): Promise<StoredWorkspace | undefined> {
  return tx
    .updateTable('workspace')
    .set((eb) => ({ retention_days: days, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirst();
}

/** Deletes a workspace with its members and codes. The rows of other modules must already be deleted. */
export async function deleteWorkspace(tx: Transaction, id: string): Promise<void> {
  await tx.deleteFrom('join_code').where('workspace_id', '=', id).execute();
  await tx.deleteFrom('membership').where('workspace_id', '=', id).execute();
  await tx.deleteFrom('workspace').where('id', '=', id).execute();
}

/** Workspaces by id, without deleted ones. */
export async function workspacesById(db: Executor, ids: readonly string[]): Promise<Map<string, StoredWorkspace>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('workspace').select(columns).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** The workspace as presented to a member. */
export async function workspaceOf(db: Executor, id: string, userId: string): Promise<WorkspaceWithRole | undefined> {
  return db
    .selectFrom('membership')
    .innerJoin('workspace', 'workspace.id', 'membership.workspace_id')
    .select([...columns, 'membership.role'])
    .where('membership.workspace_id', '=', id)
    .where('membership.account_id', '=', userId)
    .executeTakeFirst();
}

/** The workspaces that a person is in, oldest first: all of them, or one page. */
export async function workspacesOf(db: Executor, userId: string, page?: IdPage): Promise<WorkspaceWithRole[]> {
  let query = db
    .selectFrom('membership')
    .innerJoin('workspace', 'workspace.id', 'membership.workspace_id')
    .select([...columns, 'membership.role'])
    .where('membership.account_id', '=', userId)
    .orderBy('membership.workspace_id');
  if (page?.after !== undefined) query = query.where('membership.workspace_id', '>', page.after);
  if (page !== undefined) query = query.limit(page.limit);
  return query.execute();
}

/** The personal workspace of a person; bots have none. */
export async function personalWorkspaceOf(db: Executor, userId: string): Promise<string | undefined> {
  const found = await db.selectFrom('workspace').select('id').where('personal_of', '=', userId).executeTakeFirst();
  return found?.id;
}
