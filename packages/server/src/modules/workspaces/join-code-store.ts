import type { WorkspaceRole } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';

/** Roles that a code can grant. */
export type GrantableRole = Exclude<WorkspaceRole, 'owner'>;

interface JoinCodeRow {
  code: string;
  workspace_id: string;
  kind: 'shared' | 'invite';
  role: GrantableRole;
  expires_at: Date | null;
  max_uses: number | null;
  uses: number;
  created_by: string | null;
  created_at: Date;
}

declare module '../../platform/database/index.ts' {
  interface Tables {
    join_code: JoinCodeRow;
  }
}

/** The role that a code grants, its expiry, and its number of uses. */
export interface StoredJoinCode {
  code: string;
  workspaceId: string;
  role: GrantableRole;
  expiresAt: Date | null;
  maxUses: number | null;
  uses: number;
}

/** A code before its first use. */
export interface NewJoinCode extends Omit<StoredJoinCode, 'uses'> {
  createdBy: string;
  now: Date;
}

const columns = [
  'code',
  'workspace_id as workspaceId',
  'role',
  'expires_at as expiresAt',
  'max_uses as maxUses',
  'uses',
] as const;

function toRow(code: NewJoinCode, kind: 'shared' | 'invite'): JoinCodeRow {
  return {
    code: code.code,
    workspace_id: code.workspaceId,
    kind,
    role: code.role,
    expires_at: code.expiresAt,
    max_uses: code.maxUses,
    uses: 0,
    created_by: code.createdBy,
    created_at: code.now,
  };
}

/** Replaces the shared code of a workspace; the old one stops working. */
export async function replaceSharedCode(tx: Transaction, code: NewJoinCode): Promise<void> {
  await tx.deleteFrom('join_code').where('workspace_id', '=', code.workspaceId).where('kind', '=', 'shared').execute();
  await tx.insertInto('join_code').values(toRow(code, 'shared')).execute();
}

/** Replaces the value of a workspace's shared code; its role and remaining uses are unchanged. */
export async function changeSharedCode(tx: Transaction, workspaceId: string, code: string): Promise<void> {
  await tx
    .updateTable('join_code')
    .set({ code })
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'shared')
    .execute();
}

/** Deletes the invitations to a workspace that a person sent. */
export async function deleteInvitesOf(tx: Transaction, workspaceId: string, userId: string): Promise<void> {
  await tx
    .deleteFrom('join_code')
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'invite')
    .where('created_by', '=', userId)
    .execute();
}

/** The shared code of a workspace. */
export async function sharedCodeOf(db: Executor, workspaceId: string): Promise<StoredJoinCode | undefined> {
  return db
    .selectFrom('join_code')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'shared')
    .executeTakeFirst();
}

/** Adds an invitation; `maxUses` must be 1 and `expiresAt` set. */
export async function insertInvite(tx: Transaction, code: NewJoinCode): Promise<void> {
  await tx.insertInto('join_code').values(toRow(code, 'invite')).execute();
}

/** Deletes used and expired invitations of a workspace, and counts the others. */
export async function purgeInvites(tx: Transaction, workspaceId: string, now: Date): Promise<number> {
  await tx
    .deleteFrom('join_code')
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'invite')
    .where((eb) => eb.or([eb('uses', '>', 0), eb('expires_at', '<=', now)]))
    .execute();
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from join_code where workspace_id = ${workspaceId} and kind = 'invite'
  `.execute(tx);
  return rows[0]?.n ?? 0;
}

/** The workspace of a code, whether or not the code is still valid. */
export async function workspaceOfCode(db: Executor, code: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('join_code')
    .select('workspace_id as workspaceId')
    .where('code', '=', code)
    .executeTakeFirst();
  return row?.workspaceId;
}

/**
 * Uses a code once. The condition is part of the update itself, so a code for twenty uses is used exactly twenty times.
 * @returns the role that it grants, or undefined if it does not exist, has expired or is used up
 */
export async function consumeCode(tx: Transaction, code: string, now: Date): Promise<GrantableRole | undefined> {
  const row = await tx
    .updateTable('join_code')
    .set((eb) => ({ uses: eb('uses', '+', 1) }))
    .where('code', '=', code)
    .where((eb) => eb.or([eb('max_uses', 'is', null), eb('uses', '<', eb.ref('max_uses'))]))
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .returning('role')
    .executeTakeFirst();
  return row?.role;
}

/** Whether a code is still valid. */
export async function isUsable(db: Executor, code: string, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('join_code')
    .select('code')
    .where('code', '=', code)
    .where((eb) => eb.or([eb('max_uses', 'is', null), eb('uses', '<', eb.ref('max_uses'))]))
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst();
  return row !== undefined;
}
