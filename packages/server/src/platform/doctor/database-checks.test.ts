import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { createClock } from '../clock/index.ts';
import { type Database, openDatabase } from '../database/index.ts';
import { checkClock, checkDatabase, checkMigrations } from './index.ts';

let database: Database;
/** A user who owns nothing and has few privileges. */
const poor = `poor_${randomBytes(4).toString('hex')}`;
let asPoor: Database;
beforeAll(async () => {
  database = await testDatabase();
  await database.pool.query(`create role ${poor} login password 'poor'; revoke create on schema public from public`);
  const url = new URL(database.url);
  [url.username, url.password] = [poor, 'poor'];
  asPoor = await openDatabase({ url: url.href, dataDir: '', log: pino({ level: 'silent' }), poolSize: 2 });
});
afterAll(async () => {
  await asPoor?.close();
  await database?.pool.query(`drop owned by ${poor}; drop role ${poor}`);
  await database?.close();
});

describe('the database', () => {
  it('is suitable for Atrium', async () => {
    const finding = await checkDatabase(database);
    expect(finding).toMatchObject({ status: 'ok', found: expect.stringMatching(/^PostgreSQL 1\d.* connections\.$/) });
  });

  it('grants its user each required privilege', async () => {
    const next = async () => (await checkDatabase(asPoor)).found;
    expect(await checkDatabase(asPoor)).toMatchObject({ status: 'failed', next: expect.stringContaining('grant') });
    expect(await next()).toContain('may not create tables');
    await database.pool.query(`grant create on schema public to ${poor}`);
    expect(await next()).toContain('may not create schemas');
    const name = new URL(database.url).pathname.slice(1);
    await database.pool.query(`grant create on database ${name} to ${poor}`);
    expect(await next()).toMatch(/\d+ tables belong to another user/);
  });

  it('has connections to spare', async () => {
    expect(await checkDatabase(database, 100_000)).toMatchObject({ status: 'warning' });
  });
});

describe('the schema', () => {
  it('is up to date, behind, or newer', async () => {
    expect(await checkMigrations(database)).toMatchObject({ status: 'ok' });
    const { rows } = await database.pool.query(
      'delete from migration where id = (select max(id) from migration) returning *',
    );
    expect(await checkMigrations(database)).toMatchObject({
      status: 'warning',
      found: expect.stringContaining(rows[0].name),
    });
    await database.pool.query('insert into migration (id, name, sha256) values ($1, $2, $3), (9999, $2, $3)', [
      rows[0].id,
      rows[0].name,
      rows[0].sha256,
    ]);
    expect(await checkMigrations(database)).toMatchObject({
      status: 'failed',
      found: expect.stringContaining('newer version'),
    });
  });
});

describe('the clock', () => {
  it('agrees with the database on the same machine', async () => {
    const clock = await createClock(database, pino({ level: 'silent' }));
    expect(await checkClock(clock)).toMatchObject({ status: 'ok' });
    clock.stop();
  });

  it.each([
    [-5_000, 'warning', '5.0 s ahead of'],
    [5_000, 'warning', '5.0 s behind'],
    [-90_000, 'failed', 'ahead of'],
    [90_000, 'failed', 'behind'],
  ])('that is %i ms off is %s', async (offMs, status, words) => {
    const finding = await checkClock({ offsetMs: () => offMs });
    expect(finding).toMatchObject({ status, found: expect.stringContaining(words) });
  });
});
