import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';
import type { IdPage } from '../../platform/module/index.ts';
import type { ChosenStatus } from './machine.ts';
import type { Remembered } from './tracker.ts';

interface PresenceRow {
  account_id: string;
  chosen: ChosenStatus;
  chosen_until: Date | null;
  last_seen: Date | null;
}

declare module '../../platform/database/index.ts' {
  interface Tables {
    presence: PresenceRow;
  }
}

/** The chosen status in `p`, unless it has expired. */
const choice = sql`
  case when p.chosen_until <= now() then 'online' else coalesce(p.chosen, 'online') end as chosen,
  case when p.chosen_until > now() then p.chosen_until end as until`;

/** The stored presence of people, without those who never connected or chose a status. */
export async function rememberedOf(db: Executor, userIds: readonly string[]): Promise<Map<string, Remembered>> {
  if (userIds.length === 0) return new Map();
  const { rows } = await sql<Remembered & { userId: string }>`
    select p.account_id as "userId", ${choice}, p.last_seen as "lastSeen"
    from presence p where p.account_id = any(${userIds}::uuid[])
  `.execute(db);
  return new Map(
    rows.map(({ userId, chosen, until, lastSeen }) => [userId, { chosen, lastSeen, ...(until && { until }) }]),
  );
}

/** The chosen status of each of these people, by id, if any. */
export async function chosenStatuses(db: Executor, userIds: readonly string[]): Promise<Map<string, ChosenStatus>> {
  return new Map([...(await rememberedOf(db, userIds))].map(([id, { chosen }]) => [id, chosen]));
}

/** Those of these people who were last seen after that time. */
export async function seenSince(db: Executor, userIds: readonly string[], since: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select account_id as id from presence
    where account_id = any(${userIds}::uuid[]) and last_seen > ${since}
    order by last_seen desc
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** Stores a chosen status and its expiry. */
export async function saveChosen(
  db: Executor,
  userId: string,
  chosen: ChosenStatus,
  until: Date | null,
): Promise<void> {
  await db
    .insertInto('presence')
    .values({ account_id: userId, chosen, chosen_until: until, last_seen: null })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ chosen, chosen_until: until }))
    .execute();
}

/** Stores when people were last seen, in one statement; a later stored time is kept. */
export async function saveLastSeen(db: Executor, lastSeen: ReadonlyMap<string, Date>): Promise<void> {
  if (lastSeen.size === 0) return;
  // Sorted by id, so that two nodes cannot deadlock. Accounts deleted in the meantime are skipped, so that the others
  // are still written.
  await sql`
    insert into presence as p (account_id, last_seen)
    select a.id, t.at
    from unnest(${[...lastSeen.keys()]}::uuid[], ${[...lastSeen.values()]}::timestamptz[]) as t (id, at)
    join person a on a.id = t.id and a.deleted_at is null
    order by a.id
    on conflict (account_id) do update set last_seen = greatest(p.last_seen, excluded.last_seen)
  `.execute(db);
}

/** Deletes the presence of a user. */
export async function deletePresence(tx: Transaction, userId: string): Promise<void> {
  await tx.deleteFrom('presence').where('account_id', '=', userId).execute();
}

/** A user in the overview of the instance's admins. */
export interface RememberedPerson extends Remembered {
  userId: string;
  name: string;
}

/** A page of all users of the instance after the account `after`, oldest accounts first. */
export async function peoplePage(db: Executor, page: IdPage): Promise<RememberedPerson[]> {
  const { rows } = await sql<RememberedPerson>`
    select a.id as "userId", a.name, ${choice}, p.last_seen as "lastSeen"
    from person a left join presence p on p.account_id = a.id
    where a.deleted_at is null and (${page.after ?? null}::uuid is null or a.id > ${page.after ?? null}::uuid)
    order by a.id
    limit ${page.limit}
  `.execute(db);
  return rows;
}

/** Counts all accounts, and those not in `except` that were seen after a time. */
export async function countPeople(
  db: Executor,
  options: { seenAfter: Date; except: readonly string[] },
): Promise<{ all: number; recent: number }> {
  const { rows } = await sql<{ all: number; recent: number }>`
    select
      (select count(*) from person where deleted_at is null) as "all",
      (select count(*) from presence
        where last_seen > ${options.seenAfter} and account_id <> all(${options.except}::uuid[])) as recent
  `.execute(db);
  return rows[0] ?? { all: 0, recent: 0 };
}
