import type pg from 'pg';

/**
 * Runs `work` on a connection without statement and lock timeouts: for migrations and other long work, or for waiting
 * until another node has finished it. The connection is reset before it returns to the pool, and closed after a failure.
 * Throws what `work` throws.
 */
export async function withoutTimeouts<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let isClean = false;
  try {
    await client.query('set statement_timeout = 0; set lock_timeout = 0');
    const result = await work(client);
    await client.query('discard all');
    isClean = true;
    return result;
  } finally {
    client.release(!isClean);
  }
}
