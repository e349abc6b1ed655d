import type pg from 'pg';

/**
 * Does what may take long, or waits for another node that does it, on a connection whose statements and locks have no
 * time limit. The connection goes back with the settings that it had and without locks; after a failure it is closed.
 * Throws what `work` throws.
 */
export async function unhurried<Result>(
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
