import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHEAP_HASHING, type TestApp, testApp } from '../test/app.ts';
import { testDatabase } from '../test/database.ts';
import { startS3Server } from '../test/s3-server.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

describe('the program', () => {
  it('carries out a command once per key and tells the stream', async () => {
    const ann = await app.person('Ann');
    const first = await ann.call('workspaces.create', { name: 'Team' }, { key: 'k1' });
    const again = await ann.call('workspaces.create', { name: 'Team' }, { key: 'k1' });
    expect(again).toEqual(first);
    const joined = (await app.events(`user:${ann.userId}`)).filter((event) => event.type === 'workspace:joined');
    expect(joined.map((event) => event.body.workspaceId)).toContain(first.id);
    expect(joined).toHaveLength(2);
    await expect(ann.call('workspaces.create', { name: 'Other' }, { key: 'k1' })).rejects.toMatchObject({
      code: 'idempotency_mismatch',
    });
  });
});

describe('a program that keeps its files in a bucket', () => {
  it('is ready as long as the bucket can be used', async () => {
    const bucket = await startS3Server();
    const readiness = async (url: string) => {
      const other = await testApp({ env: { S3_URL: url } });
      const answer = await fetch(`${await other.listen()}/health/ready`);
      await other.close();
      return { status: answer.status, body: await answer.json() };
    };
    expect(await readiness(bucket.url)).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await readiness(`${bucket.url}-elsewhere`)).toEqual({
      status: 503,
      body: { status: 'unavailable', reason: 'the storage of files cannot be used' },
    });
    await bucket.close();
  });
});

describe('a program without a mail server', () => {
  it.each([
    ['https://chat.example.org', true],
    ['http://localhost:3000', false],
  ])('with APP_URL=%s warns that nobody gets mails: %s', async (url, warns) => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'atrium-test-'));
    const lines: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const config = readConfig({ DATA_DIR: dataDir, PORT: '0', APP_URL: url });
    const other = await createApp(config, log, {
      database: await testDatabase(),
      hashing: CHEAP_HASHING,
      printMail: () => undefined,
    });
    await other.stop();
    await rm(dataDir, { recursive: true, force: true });
    expect(lines.filter((line) => line.includes('SMTP_URL is not set'))).toHaveLength(warns ? 1 : 0);
  });
});
