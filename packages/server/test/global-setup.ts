import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../src/platform/database/index.ts';
import { prepareQueue } from '../src/platform/jobs/queue.ts';
import { scratchDirectory } from './scratch.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the test run's cluster; its database `template` has the schema. */
    clusterUrl: string;
  }
}

/** The database that every test database is a copy of. */
export const TEMPLATE = 'atrium_template';

async function makeTemplate(clusterUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: clusterUrl });
  await admin.connect();
  // Password hashing is slow to prevent guessing; here a thousand connections would pay for it.
  const password = pg.escapeLiteral(admin.password ?? '');
  await admin.query(`set scram_iterations = 1; alter role current_user password ${password}`);
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  const url = new URL(clusterUrl);
  url.pathname = `/${TEMPLATE}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 1 });
  try {
    await migrate({ pool });
    await prepareQueue(pool);
  } finally {
    await pool.end();
  }
}

/**
 * Starts one PostgreSQL for the whole run and prepares the database that tests copy. Returns a function that ends it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('cluster-process.ts', import.meta.url))], {
    detached: true,
    env: { ...process.env, TMPDIR: scratchDirectory() },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  const line = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => undefined)]);
  if (line === undefined) throw new Error('the PostgreSQL of the test run did not start');
  const { url } = JSON.parse(String(line[0])) as { url: string };
  try {
    await makeTemplate(url);
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide('clusterUrl', url);
  return stop;
}
