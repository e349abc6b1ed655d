import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startRedis } from '../../../test/cluster/redis.ts';
import { type S3Server, startS3Server } from '../../../test/s3-server.ts';
import { startTestSmtp } from '../mail/test-smtp.ts';
import { openStorage } from '../storage/index.ts';
import { checkMail, checkRedis, checkStorage } from './index.ts';

const from = { name: 'Atrium', address: 'atrium@example.org' };

describe('mail', () => {
  it('is not configured, which is only a problem for a public instance', async () => {
    expect(await checkMail({ url: undefined, from, isPublic: false })).toMatchObject({ status: 'ok' });
    expect(await checkMail({ url: undefined, from, isPublic: true })).toMatchObject({ status: 'failed' });
  });

  it('passes if the server accepts the sign-in, without sending a mail', async () => {
    const smtp = await startTestSmtp({ user: 'ann', password: 'right' });
    onTestFinished(smtp.close);
    const as = (password: string) => smtp.url.replace('//', `//ann:${password}@`);
    expect(await checkMail({ url: as('right'), from, isPublic: true })).toMatchObject({ status: 'ok' });
    const local = { ...from, address: 'atrium@localhost' };
    expect(await checkMail({ url: as('right'), from: local, isPublic: true })).toMatchObject({ status: 'warning' });
    const refused = await checkMail({ url: as('wrong'), from, isPublic: true });
    expect(refused).toMatchObject({ status: 'failed', found: expect.stringContaining('Wrong user or password') });
    expect(JSON.stringify(refused)).not.toMatch(/wrong@|right/);
    expect(smtp.received).toEqual([]);
  });

  it('says how to trust a certificate that no known authority has signed', async () => {
    const smtp = new SMTPServer({ secure: true, logger: false }).on('error', () => undefined);
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    const { port } = smtp.server.address() as AddressInfo;
    const refused = await checkMail({ url: `smtps://127.0.0.1:${port}`, from, isPublic: true });
    expect(refused).toMatchObject({ status: 'failed', next: expect.stringContaining('NODE_EXTRA_CA_CERTS') });
    await new Promise<void>((resolve) => smtp.close(() => resolve()));
  });

  it('fails if the server does not respond', async () => {
    expect(await checkMail({ url: 'smtp://127.0.0.1:1', from, isPublic: true })).toMatchObject({ status: 'failed' });
  });
});

describe('files', () => {
  let s3: S3Server;
  let dataDir: string;
  beforeAll(async () => {
    s3 = await startS3Server();
    dataDir = await mkdtemp(path.join(tmpdir(), 'atrium-doctor-'));
  });
  afterAll(async () => {
    await s3.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('can be stored on disk and in a bucket, and the check leaves nothing behind', async () => {
    for (const s3Url of [undefined, s3.url]) {
      const storage = await openStorage({ s3Url, dataDir });
      expect(await checkStorage(storage, 'here')).toMatchObject({ status: 'ok' });
      const left = [];
      for await (const object of storage.list()) left.push(object);
      expect([left, await readdir(storage.incoming)]).toEqual([[], []]);
    }
  });

  it('fail with wrong credentials, or without the bucket or directory', async () => {
    for (const url of [s3.url.replace(':S3RVER@', ':wrong@'), s3.url.replace('atrium-files', 'other-bucket')]) {
      const finding = await checkStorage(await openStorage({ s3Url: url, dataDir }), 'S3 (host)');
      expect(finding).toMatchObject({ status: 'failed', next: expect.stringContaining('S3_URL') });
      expect(finding.found).not.toContain('wrong');
    }
    const gone = await openStorage({ s3Url: undefined, dataDir: path.join(dataDir, 'gone') });
    await rm(path.join(dataDir, 'gone'), { recursive: true });
    expect(await checkStorage(gone, 'files')).toMatchObject({ status: 'failed' });
  });
});

describe('Redis', () => {
  it('passes, evicts keys, requires a password, or is not reachable', async () => {
    const redis = await startRedis((clean) => onTestFinished(async () => void (await clean())));
    expect(await checkRedis(undefined)).toMatchObject({ status: 'ok' });
    expect(await checkRedis(redis.url)).toMatchObject({ status: 'ok', found: expect.stringMatching(/^Redis \d/) });
    const { Redis } = await import('ioredis');
    const client = new Redis(redis.url);
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await checkRedis(redis.url)).toMatchObject({ status: 'warning' });
    await client.config('SET', 'requirepass', 'secret');
    client.disconnect();
    expect(await checkRedis(redis.url)).toMatchObject({ status: 'failed', found: expect.stringContaining('NOAUTH') });
    await redis.kill();
    expect(await checkRedis(redis.url)).toMatchObject({ status: 'failed', found: expect.stringContaining('REFUSED') });
  });
});
