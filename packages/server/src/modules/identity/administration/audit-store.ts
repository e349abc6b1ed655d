import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';

/** An entry of the log with the current names of accounts in it. */
export interface AuditRow {
  id: string;
  at: Date;
  kind: string;
  actor_id: string | null;
  actor_name: string | null;
  target_id: string | null;
  target_name: string | null;
  ip: string;
  user_agent: string;
  details: Record<string, string | number | boolean>;
  request_id: string | null;
}

export interface AuditFilters {
  kind?: string | undefined;
  /** The actor, or the affected account. */
  userId?: string | undefined;
  from?: string | undefined;
  /** Exclusive. */
  to?: string | undefined;
}

export interface AuditPosition {
  at: Date;
  id: string;
}

/** Entries after a position, newest first. */
export async function listAudit(
  db: Executor,
  filters: AuditFilters,
  { after, limit }: { after: AuditPosition | undefined; limit: number },
): Promise<AuditRow[]> {
  const { kind, userId, from, to } = filters;
  const where = sql.join(
    [
      sql`true`,
      ...(kind === undefined ? [] : [sql`kind = ${kind}`]),
      ...(from === undefined ? [] : [sql`at >= ${from}::timestamptz`]),
      ...(to === undefined ? [] : [sql`at < ${to}::timestamptz`]),
      ...(after === undefined ? [] : [sql`(at, id) < (${after.at}, ${after.id}::uuid)`]),
    ],
    sql` and `,
  );
  const page = (of: ReturnType<typeof sql>) =>
    sql`(select * from audit_log where ${of} and ${where} order by at desc, id desc limit ${limit})`;
  // Each uses its own index.
  const found =
    userId === undefined
      ? page(sql`true`)
      : sql`${page(sql`actor_id = ${userId}`)} union ${page(sql`target_id = ${userId}`)}`;
  const { rows } = await sql<AuditRow>`
    select l.id, l.at, l.kind, l.actor_id, actor.name as actor_name, l.target_id, target.name as target_name,
      l.ip, l.user_agent, l.details, l.request_id
    from (select * from (${found}) entry order by at desc, id desc limit ${limit}) l
    left join account actor on actor.id = l.actor_id
    left join account target on target.id = l.target_id
    order by l.at desc, l.id desc
  `.execute(db);
  return rows;
}
