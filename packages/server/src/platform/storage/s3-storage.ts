import { createHash } from 'node:crypto';
import { createReadStream, openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { makeIncoming } from './incoming.ts';
import { missingAs404, openBucket, parseS3Url } from './s3-bucket.ts';
import { isKey, MissingObject, mustBeKey, type Storage } from './storage.ts';

/** How long the service may take to begin a response. */
const TIMEOUT_MS = 30_000;
const PAGE = 1_000;

/**
 * Objects are in a bucket of an S3-compatible service, addressed by path. `incoming` is local.
 * @param url see {@link parseS3Url}
 */
export async function createS3Storage(url: string, incomingDirectory: string): Promise<Storage> {
  const location = parseS3Url(url);
  if (location === undefined) throw new Error('S3_URL is not the address of a bucket.');
  const bucket = openBucket(location, TIMEOUT_MS);
  const incoming = await makeIncoming(incomingDirectory);

  return {
    incoming,

    async put(key, file) {
      mustBeKey(key);
      const body = await openAsBlob(file);
      // The service compares it with what has arrived.
      const checksum = { 'x-amz-checksum-sha256': await digestOf(file) };
      const answer = await bucket.putObject(key, body, undefined, undefined, checksum, body.size);
      await answer.arrayBuffer();
      await rm(file, { force: true });
    },

    async open(key, range) {
      mustBeKey(key);
      const answer = await missingAs404(
        range === undefined ? bucket.getObjectRaw(key) : bucket.getObjectRaw(key, false, range.start, range.end + 1),
      );
      if (answer.body === null) throw new MissingObject();
      const stream = Readable.fromWeb(answer.body as ReadableStream);
      return range === undefined ? stream : firstBytes(stream, range.end - range.start + 1);
    },

    async delete(key) {
      mustBeKey(key);
      await missingAs404(bucket.deleteObject(key)).catch((error: unknown) => {
        if (!(error instanceof MissingObject)) throw error;
      });
    },

    async *list() {
      let token: string | undefined;
      do {
        const page = await bucket.listObjectsPaged('/', '', PAGE, token);
        for (const { Key: key, LastModified } of page?.objects ?? []) {
          if (isKey(key)) yield { key, modifiedAt: new Date(LastModified) };
        }
        token = page?.nextContinuationToken;
      } while (token !== undefined);
    },

    async probe() {
      if (!(await bucket.bucketExists())) throw new Error('The bucket of S3_URL does not exist or may not be used.');
    },
  };
}

/** Some services send more than the range that was asked for. */
function firstBytes(stream: Readable, count: number): Readable {
  return Readable.from(
    (async function* () {
      let left = count;
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        yield chunk.subarray(0, left);
        left -= chunk.length;
        if (left <= 0) return;
      }
    })(),
    { objectMode: false },
  );
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64');
}
