import { randomBytes } from 'node:crypto';
import pg from 'pg';
import pino from 'pino';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../src/platform/database/index.ts';
import { TEMPLATE } from './global-setup.ts';

/** One connection for all databases that this process creates and drops; it does not keep the process running. */
const admins = new Map<string, Promise<pg.Client>>();

async function connectAdmin(clusterUrl: string): Promise<pg.Client> {
  const admin = new pg.Client({ connectionString: clusterUrl });
  admin.on('error', () => admins.delete(clusterUrl));
  await admin.connect();
  (admin as pg.Client & { unref(): void }).unref();
  return admin;
}

async function asAdmin(clusterUrl: string, statement: string): Promise<void> {
  const admin = admins.get(clusterUrl) ?? connectAdmin(clusterUrl);
  admins.set(clusterUrl, admin);
  await (await admin).query(statement);
}

/**
 * A new database with the current schema, for one test file or one test; `close()` drops it. The same object as the
 * server's own, over real PostgreSQL. `template: false` creates an empty one without the schema.
 */
export async function testDatabase(options: { template?: boolean; poolSize?: number } = {}): Promise<Database> {
  const clusterUrl = inject('clusterUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const template = options.template === false ? 'template1' : TEMPLATE;
  await asAdmin(clusterUrl, `create database ${name} template ${template} strategy file_copy`);
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  const database = await openDatabase({
    url: url.href,
    dataDir: '',
    log: pino({ level: 'silent' }),
    poolSize: options.poolSize ?? 5,
    applicationName: 'atrium-test',
  });
  return {
    ...database,
    async close() {
      await database.close();
      await asAdmin(clusterUrl, `drop database if exists ${name} with (force)`);
    },
  };
}
