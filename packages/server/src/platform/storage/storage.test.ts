import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type S3Server, startS3Server } from '../../../test/s3-server.ts';
import { isUnavailable } from '../database/index.ts';
import {
  MissingObject,
  openBucket,
  openStorage,
  parseS3Url,
  removeAbandoned,
  type S3Location,
  type Storage,
} from './index.ts';

let dataDir: string;
let s3: S3Server;
const storages: Record<string, Storage> = {};

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'atrium-storage-'));
  s3 = await startS3Server();
  storages.disk = await openStorage({ s3Url: undefined, dataDir });
  storages.s3 = await openStorage({ s3Url: s3.url, dataDir: path.join(dataDir, 's3') });
});
afterAll(async () => {
  await s3.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function receive(storage: Storage, content: Buffer): Promise<string> {
  const file = path.join(storage.incoming, randomUUID());
  await writeFile(file, content);
  return file;
}

async function put(storage: Storage, content: Buffer, key: string = randomUUID()): Promise<string> {
  await storage.put(key, await receive(storage, content));
  return key;
}

const read = async (storage: Storage, key: string, range?: { start: number; end: number }) =>
  buffer(await storage.open(key, range));

async function keysOf(storage: Storage): Promise<string[]> {
  const keys = [];
  for await (const { key } of storage.list()) keys.push(key);
  return keys.sort();
}

describe.each(['disk', 's3'])('the storage on %s', (driver) => {
  const storage = () => storages[driver] as Storage;

  it('returns what was stored, and leaves nothing in the incoming directory', async () => {
    for (const content of [Buffer.alloc(0), Buffer.from('a'), randomBytes(3_000_000)]) {
      const key = await put(storage(), content);
      expect((await read(storage(), key)).equals(content)).toBe(true);
    }
    expect(await readdir(storage().incoming)).toEqual([]);
  });

  it('distinguishes suffixes', async () => {
    const key = await put(storage(), Buffer.from('whole'));
    await put(storage(), Buffer.from('part'), `${key}.part`);
    expect([String(await read(storage(), key)), String(await read(storage(), `${key}.part`))]).toEqual([
      'whole',
      'part',
    ]);
  });

  it('replaces an object atomically', async () => {
    const key = await put(storage(), Buffer.from('first and longer'));
    await put(storage(), Buffer.from('second'), key);
    expect(String(await read(storage(), key))).toBe('second');
  });

  it('reads a range of bytes', async () => {
    const key = await put(storage(), Buffer.from('0123456789'));
    const range = async (start: number, end: number) => String(await read(storage(), key, { start, end }));
    expect([await range(0, 0), await range(2, 5), await range(9, 9), await range(0, 9)]).toEqual([
      '0',
      '2345',
      '9',
      '0123456789',
    ]);
  });

  it('reads no faster than its consumer', async () => {
    const key = await put(storage(), randomBytes(8_000_000));
    const stream = await storage().open(key);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(stream.readableLength).toBeLessThan(1_000_000);
    stream.destroy();
  });

  it('reports a missing object', async () => {
    await expect(storage().open(randomUUID())).rejects.toThrow(MissingObject);
  });

  it('deletes an object, also a missing one', async () => {
    const key = await put(storage(), Buffer.from('gone'));
    await storage().delete(key);
    await storage().delete(key);
    await expect(storage().open(key)).rejects.toThrow(MissingObject);
  });

  it('lists every object with the time when it was stored', async () => {
    const before = await keysOf(storage());
    const keys = [];
    for (let at = 0; at < 5; at += 1) keys.push(await put(storage(), Buffer.from('x')));
    expect(await keysOf(storage())).toEqual([...before, ...keys].sort());
    for await (const { modifiedAt } of storage().list()) {
      expect(Math.abs(Date.now() - modifiedAt.getTime())).toBeLessThan(60_000);
    }
  });

  it.each(['../../etc/passwd', '/etc/passwd', '..', '', 'a/b', `${randomUUID()}/..`, `${randomUUID()}.%2e`])(
    'does not accept a name as a key: %s',
    async (name) => {
      const file = await receive(storage(), Buffer.from('x'));
      await expect(storage().put(name, file)).rejects.toThrow('not a key');
      await expect(storage().open(name)).rejects.toThrow('not a key');
      await expect(storage().delete(name)).rejects.toThrow('not a key');
      await rm(file);
    },
  );

  it('keeps the received file if it cannot be stored', async () => {
    const missing = path.join(storage().incoming, 'nothing-here');
    await expect(storage().put(randomUUID(), missing)).rejects.toThrow();
  });

  it('can be used', async () => {
    await expect(storage().probe()).resolves.toBeUndefined();
    expect(await readdir(storage().incoming)).toEqual([]);
  });
});

describe('the storage on disk', () => {
  it('has files that only their owner can read', async () => {
    const disk = storages.disk as Storage;
    await put(disk, Buffer.from('x'));
    expect((await stat(disk.incoming)).mode & 0o077).toBe(0);
  });

  it('follows no link', async () => {
    const disk = storages.disk as Storage;
    const key = randomUUID();
    const folder = path.join(dataDir, 'files', key.slice(34));
    await mkdir(folder, { recursive: true });
    await symlink('/etc/hostname', path.join(folder, key));
    await expect(disk.open(key)).rejects.toThrow(MissingObject);
    expect(await keysOf(disk)).not.toContain(key);
  });

  it('reports that it cannot be written', async () => {
    const gone = path.join(dataDir, 'gone');
    const storage = await openStorage({ s3Url: undefined, dataDir: gone });
    await rm(gone, { recursive: true });
    await expect(storage.probe()).rejects.toThrow('ENOENT');
  });
});

describe('the storage on S3', () => {
  it('reports a missing bucket, a wrong key, and a service that does not answer', async () => {
    const probe = async (url: string) => (await openStorage({ s3Url: url, dataDir })).probe();
    await expect(probe(s3.url.replace('atrium-files', 'other-bucket'))).rejects.toThrow('does not exist');
    await expect(probe(s3.url.replace(':S3RVER@', ':wrong@'))).rejects.toThrow('may not be used');
    await expect(probe('http://a:b@127.0.0.1:1/atrium-files')).rejects.toThrow();
  });

  it.each([
    ['is overloaded', 503],
    ['limits requests', 429],
    ['does not answer', undefined],
  ])('takes a service that %s for one that is away, and tells it from one that refuses', async (_, status) => {
    const server = createServer((request, response) => {
      request.resume();
      if (request.url?.includes('refused')) response.writeHead(403).end();
      else if (status !== undefined) response.writeHead(status).end('<Error><Code>SlowDown</Code></Error>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const location = parseS3Url(`http://key:secret@127.0.0.1:${port}/atrium-files`) as S3Location;
    const bucket = openBucket(location, 300);
    for (const asked of [bucket.putObject('some', 'text'), bucket.getObjectRaw('some')]) {
      expect(isUnavailable(await asked.catch((error: unknown) => error))).toBe(true);
    }
    const refusal = await bucket.getObjectRaw('refused').catch((error: unknown) => error);
    expect([refusal instanceof Error, isUnavailable(refusal)]).toEqual([true, false]);
    server.closeAllConnections();
    server.close();
  });

  it('parses the URL of a bucket', () => {
    expect(parseS3Url('https://key:se%2Fcret@s3.example.org:9000/team-files?region=eu-west-1')).toEqual({
      endpoint: 'https://s3.example.org:9000/team-files',
      region: 'eu-west-1',
      accessKeyId: 'key',
      secretAccessKey: 'se/cret',
    });
    for (const url of ['https://host/bucket', 'ftp://a:b@host/bucket', 'https://a:b@host/', 'https://a:b@h/b/c', 'x']) {
      expect(parseS3Url(url)).toBeUndefined();
    }
  });
});

it('deletes uploads that were not completed within an hour', async () => {
  const disk = storages.disk as Storage;
  const [old, young] = [await receive(disk, Buffer.from('x')), await receive(disk, Buffer.from('y'))];
  const now = new Date();
  const hourAgo = new Date(now.getTime() - 3_601_000);
  await utimes(old, hourAgo, hourAgo);
  expect(await removeAbandoned(disk.incoming, now)).toBe(1);
  await expect(readFile(old)).rejects.toThrow('ENOENT');
  expect(String(await readFile(young))).toBe('y');
  await rm(young);
});
