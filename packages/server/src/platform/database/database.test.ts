import net from 'node:net';
import pg from 'pg';
import pino from 'pino';
import { expect, inject, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { DatabaseRefused, openDatabase } from './index.ts';

const log = pino({ level: 'silent' });

test('the clock is that of the database', async () => {
  const database = await testDatabase();
  expect(Math.abs((await database.now()).getTime() - Date.now())).toBeLessThan(2_000);
  await database.close();
});

test('a database on another server that fails is reported immediately, and used again when it is back', async () => {
  const target = await testDatabase();
  const { port } = new URL(target.url);
  const sockets = new Set<net.Socket>();
  const proxy = net.createServer((inner) => {
    const outer = net.connect(Number(port), '127.0.0.1');
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    inner.pipe(outer).pipe(inner);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const own = (proxy.address() as net.AddressInfo).port;
  const url = new URL(target.url);
  url.port = String(own);
  const database = await openDatabase({ url: url.href, dataDir: '', log });
  const events: string[] = [];
  database.onDown(() => events.push('down'));
  database.onUp(() => events.push('up'));
  await database.pool.query('select 1');

  proxy.close();
  for (const socket of sockets) socket.destroy();
  await expect.poll(() => database.health().ok).toBe(false);
  expect(database.health()).toMatchObject({ ok: false, reason: expect.stringMatching(/./) });
  await new Promise<void>((resolve) => proxy.listen(own, '127.0.0.1', resolve));
  await expect.poll(() => database.health().ok).toBe(true);
  expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  expect(events).toEqual(['down', 'up']);

  await database.close();
  await target.close();
  await new Promise((resolve) => proxy.close(resolve));
});

test('a database that is not UTF-8 is refused', async () => {
  const admin = new pg.Client({ connectionString: inject('clusterUrl') });
  await admin.connect();
  await admin.query(`create database latin encoding 'LATIN1' template template0 locale_provider libc locale 'C'`);
  const url = new URL(inject('clusterUrl'));
  url.pathname = '/latin';
  await expect(openDatabase({ url: url.href, dataDir: '', log })).rejects.toThrow('UTF8');
  await admin.query('drop database latin with (force)');
  await admin.end();
});

test('an unknown database is refused with a one-line error', async () => {
  const url = Object.assign(new URL(inject('clusterUrl')), { pathname: '/nowhere' });
  const refused = expect(openDatabase({ url: url.href, dataDir: '', log })).rejects;
  await refused.toBeInstanceOf(DatabaseRefused);
  await refused.toThrow(/^The database of DATABASE_URL cannot be used: [^\n]*nowhere[^\n]*$/);
});
