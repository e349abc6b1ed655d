import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type S3Server, startS3Server } from '../../../test/s3-server.ts';
import { openBucket, parseS3Url } from '../storage/index.ts';
import { isBackupDestination } from './index.ts';
import { partBytes, startUpload } from './multipart-upload.ts';

let s3: S3Server;
beforeAll(async () => {
  s3 = await startS3Server();
});
afterAll(() => s3?.close());

describe('an upload of unknown size', () => {
  it('fits hundreds of gigabytes into the parts that S3 allows', () => {
    const total = Array.from({ length: 10_000 }, (_, at) => partBytes(at + 1)).reduce((sum, bytes) => sum + bytes);
    expect(total).toBeGreaterThan(800 * 2 ** 30);
    expect(partBytes(10_000)).toBeLessThan(200 << 20);
    expect(partBytes(1)).toBeGreaterThanOrEqual(5 << 20);
  });

  it('exists only once complete, and not at all if aborted', async () => {
    const location = parseS3Url(s3.url);
    if (location === undefined) throw new Error('This is no bucket.');
    const bucket = openBucket(location, 10_000);
    const upload = startUpload(bucket, 'whole');
    for (let at = 0; at < 40; at += 1) await upload.write(Buffer.alloc(1 << 20, at));
    expect(await bucket.objectExists('whole')).toBe(false);
    expect(await upload.complete()).toBe(40 << 20);
    const content = Buffer.from((await bucket.getObjectArrayBuffer('whole')) ?? new ArrayBuffer(0));
    expect(content.equals(Buffer.concat(Array.from({ length: 40 }, (_, at) => Buffer.alloc(1 << 20, at))))).toBe(true);

    const given = startUpload(bucket, 'given up');
    for (let at = 0; at < 20; at += 1) await given.write(Buffer.alloc(1 << 20, at));
    await given.abort();
    expect(await bucket.objectExists('given up')).toBe(false);
  });
});

describe('the destination of backups', () => {
  it.each([
    ['/var/backups/atrium', true],
    ['backups', false],
    ['https://key:secret@s3.example.org/backups', true],
    ['https://key:secret@s3.example.org/backups?region=eu-1&prefix=atrium/nightly/', true],
    ['https://key:secret@s3.example.org/backups?prefix=../', false],
    ['https://key:secret@s3.example.org/backups?prefix=no-slash', false],
    ['https://s3.example.org/backups', false],
  ])('%s: %s', (value, is) => {
    expect(isBackupDestination(value)).toBe(is);
  });
});
