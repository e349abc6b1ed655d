import type pg from 'pg';

/** Statements that wait for a lock here wait for the test, possibly on a busy machine. */
export async function waitLonger(pool: pg.Pool): Promise<void> {
  const query =
    "set lock_timeout = '60s'; set statement_timeout = '60s'; set idle_in_transaction_session_timeout = '60s'";
  pool.on('connect', (client) => void client.query(query));
  const clients = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
  for (const client of clients) await client.query(query).finally(() => client.release());
}

/** The number of statements that wait for a lock. */
export async function waiting(client: Pick<pg.Pool, 'query'>): Promise<number> {
  const { rows: found } = await client.query<{ count: number }>(
    "select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return found[0]?.count ?? 0;
}

/** A function that tells whether a promise is settled. */
export function watched<T>(promise: Promise<T>): { promise: Promise<T>; settled: () => boolean } {
  let isSettled = false;
  const note = () => {
    isSettled = true;
  };
  promise.then(note, note);
  return { promise, settled: () => isSettled };
}
