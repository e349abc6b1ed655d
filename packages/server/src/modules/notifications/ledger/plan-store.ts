import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/new-id.ts';
import type { DeliveryChannel } from './tables.ts';

/** One wanted delivery. It is identified by subject, kind, person, occurrence and channel, and is sent once. */
export interface PlannedDelivery {
  /** Up to 40 characters; a `DeliveryHandler` exists for it and the channel. */
  kind: string;
  /** The id of its subject. */
  subject: string;
  accountId: string;
  /** Distinguishes several of this kind about the subject, up to 64 characters, such as the announced instant. */
  occurrence: string;
  channel: DeliveryChannel;
  dueAt: Date;
  /** After this time it is useless, and fails instead of being sent. */
  usefulUntil: Date;
}

/** Selects deliveries; fields that are not given match all. */
export interface DeliveryFilter {
  subjects: readonly string[];
  kinds?: readonly string[];
  accountIds?: readonly string[];
  channels?: readonly DeliveryChannel[];
  /** Except for these. */
  except?: readonly PlannedDelivery[];
}

/** Sorted, so that transactions that plan the same do not deadlock. */
const keyOf = ({ subject, kind, accountId, occurrence, channel }: PlannedDelivery) =>
  [subject, kind, accountId, channel, occurrence].join(' ');

/**
 * Inserts deliveries. An existing one gets the new times if it is planned or was withdrawn; one that was sent, failed
 * or is being sent is unchanged.
 */
export async function upsertDeliveries(tx: Transaction, wanted: readonly PlannedDelivery[]): Promise<void> {
  // A statement may change a row only once: the last one counts.
  const unique = [...new Map(wanted.map((delivery) => [keyOf(delivery), delivery]))].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  if (unique.length === 0) return;
  const column = <Value>(of: (delivery: PlannedDelivery) => Value) => unique.map(([, delivery]) => of(delivery));
  await sql`
    insert into delivery as d
      (id, account_id, kind, subject, occurrence, channel, due_at, next_at, useful_until)
    select id, account_id, kind, subject, occurrence, channel, due_at, due_at, useful_until
    from unnest(
      ${column(newId)}::uuid[], ${column(({ accountId }) => accountId)}::uuid[], ${column(({ kind }) => kind)}::text[],
      ${column(({ subject }) => subject)}::uuid[], ${column(({ occurrence }) => occurrence)}::text[],
      ${column(({ channel }) => channel)}::text[], ${column(({ dueAt }) => dueAt)}::timestamptz[],
      ${column(({ usefulUntil }) => usefulUntil)}::timestamptz[]
    ) as r (id, account_id, kind, subject, occurrence, channel, due_at, useful_until)
    on conflict (subject, kind, account_id, occurrence, channel) do update
    set state = 'planned', due_at = excluded.due_at, next_at = excluded.due_at, useful_until = excluded.useful_until,
      attempts = 0, reason = null, settled_at = null, began_at = null
    where d.state in ('planned', 'withdrawn')
  `.execute(tx);
}

/**
 * The channels of planned deliveries, by subject. They are locked: none of them begins before the transaction ends, so
 * that it contains what was written until then.
 */
export async function lockPlanned(
  tx: Transaction,
  subjects: readonly string[],
  kind: string,
): Promise<Map<string, Set<DeliveryChannel>>> {
  const planned = new Map<string, Set<DeliveryChannel>>();
  if (subjects.length === 0) return planned;
  const { rows } = await sql<{ subject: string; channel: DeliveryChannel }>`
    select subject, channel from delivery
    where subject = any(${subjects}::uuid[]) and kind = ${kind} and state = 'planned'
    order by subject, kind, account_id, occurrence, channel
    for no key update
  `.execute(tx);
  for (const { subject, channel } of rows) {
    planned.set(subject, (planned.get(subject) ?? new Set()).add(channel));
  }
  return planned;
}

/**
 * Withdraws planned deliveries. One that another node is sending at this moment may still arrive.
 * @returns how many were withdrawn
 */
export async function withdrawPlanned(tx: Transaction, filter: DeliveryFilter, reason: string): Promise<number> {
  if (filter.subjects.length === 0) return 0;
  const { rows } = await sql<{ id: string }>`
    with gone as (
      select id from delivery
      where subject = any(${filter.subjects}::uuid[]) and state in ('planned', 'claimed')
        and (${filter.kinds ?? null}::text[] is null or kind = any(${filter.kinds ?? null}::text[]))
        and (${filter.accountIds ?? null}::uuid[] is null or account_id = any(${filter.accountIds ?? null}::uuid[]))
        and (${filter.channels ?? null}::text[] is null or channel = any(${filter.channels ?? null}::text[]))
        and concat_ws(' ', subject, kind, account_id, channel, occurrence) <> all(${(filter.except ?? []).map(keyOf)}::text[])
      order by subject, kind, account_id, occurrence, channel
      for update
    )
    update delivery d
    set state = 'withdrawn', reason = ${reason}, claim = null, claimed_until = null, settled_at = clock_timestamp()
    from gone where gone.id = d.id
    returning d.id
  `.execute(tx);
  return rows.length;
}

/** Those of the subjects without a planned delivery of a kind. */
export async function subjectsWithoutPlan(db: Executor, kind: string, subjects: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select s.id from unnest(${subjects}::uuid[]) s (id)
    where not exists (
      select from delivery d where d.subject = s.id and d.kind = ${kind} and d.state in ('planned', 'claimed')
    )
    order by s.id
  `.execute(db);
  return rows.map(({ id }) => id);
}
