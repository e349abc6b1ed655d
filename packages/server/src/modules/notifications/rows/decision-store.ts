import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { IdPage } from '../../../platform/module/index.ts';
import type { DeliveryRow } from '../ledger/tables.ts';
import { DIGEST, NOTIFICATION } from './kinds.ts';
import type { DecisionRow } from './tables.ts';

/** Stores decisions. */
export async function insertDecisions(tx: Transaction, rows: readonly DecisionRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into notification_decision (
      id, account_id, at, type, cause, notification_id, occurrence, workspace_id, conversation_id, task_id,
      delivery_id, channels
    )
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
      id uuid, account_id uuid, at timestamptz, type text, cause text, notification_id uuid, occurrence text,
      workspace_id uuid, conversation_id uuid, task_id uuid, delivery_id uuid, channels jsonb
    )
  `.execute(tx);
}

/** A decision with the deliveries that it planned. */
export interface FullDecision extends DecisionRow {
  title: string | null;
  deliveries: Pick<DeliveryRow, 'id' | 'channel' | 'state' | 'reason'>[];
}

/** A person's decisions of the last 30 days, most recent first. */
export async function decisionPage(
  db: Executor,
  { userId, notificationId }: { userId: string; notificationId?: string | undefined },
  { after, limit }: IdPage,
): Promise<FullDecision[]> {
  const { rows } = await sql<FullDecision>`
    select d.*, n.title, array(
      select jsonb_build_object('id', l.id, 'channel', l.channel, 'state', l.state, 'reason', l.reason) from (
        select * from delivery
        where subject = d.notification_id and kind = ${NOTIFICATION} and account_id = d.account_id
          and occurrence = d.occurrence
        union all
        select * from delivery
        where subject = d.account_id and kind = ${DIGEST} and account_id = d.account_id and channel = 'mail'
          and occurrence = jsonb_path_query_first(d.channels, '$[*] ? (@.reason == "digest").plannedFor') #>> '{}'
        union all
        select * from delivery where id = d.delivery_id and account_id = d.account_id
      ) l
    ) as deliveries
    from notification_decision d
    left join notification n on n.id = d.notification_id and n.account_id = d.account_id
    where d.account_id = ${userId} and d.at > now() - interval '30 days'
      ${notificationId === undefined ? sql`` : sql`and d.notification_id = ${notificationId}`}
      ${after === undefined ? sql`` : sql`and d.id < ${after}`}
    order by d.id desc limit ${limit}
  `.execute(db);
  return rows;
}

/** Whether a person is the recipient of a delivery. */
export async function isDeliveryOf(db: Executor, deliveryId: string, userId: string): Promise<boolean> {
  const { rows } = await sql`select from delivery where id = ${deliveryId} and account_id = ${userId}`.execute(db);
  return rows.length > 0;
}

/** Deletes old decisions. @returns how many were deleted */
export async function pruneDecisions(db: Executor, days: number, limit: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    delete from notification_decision where id in (
      select id from notification_decision where at < now() - ${days} * interval '1 day' order by at limit ${limit}
    ) returning id
  `.execute(db);
  return rows.length;
}
