import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import { EXPORT_PAGE } from '../rows/export-part.ts';

/** An entry of the audit log about a person. */
export interface AuditRecord {
  id: string;
  /** With microseconds, which a Date does not have. */
  at: string;
  kind: string;
  byMyself: boolean;
  ip: string;
  device: string;
  details: unknown;
}

/** The position after which a page of the audit log starts. */
export interface AuditPosition {
  at: string;
  id: string;
}

/**
 * One page of what a person did, or of what others did to them, in order.
 * @param side each side has its own index; an entry on both sides counts as one of the actor
 */
export async function auditPage(
  db: Executor,
  accountId: string,
  side: 'actor' | 'target',
  after: AuditPosition | undefined,
): Promise<AuditRecord[]> {
  const whose =
    side === 'actor'
      ? sql`actor_id = ${accountId}`
      : sql`target_id = ${accountId} and actor_id is distinct from ${accountId}`;
  const onward = after === undefined ? sql`true` : sql`(at, id) > (${after.at}::timestamptz, ${after.id}::uuid)`;
  const { rows } = await sql<AuditRecord>`
    select id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, kind,
      ${side === 'actor'}::boolean as "byMyself", ip, user_agent as device, details
    from audit_log where ${whose} and ${onward}
    order by at, id limit ${EXPORT_PAGE}
  `.execute(db);
  return rows;
}
