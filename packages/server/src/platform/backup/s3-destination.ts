import { PassThrough, Readable, Writable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { MissingObject, missingAs404, openBucket, type S3Location } from '../storage/index.ts';
import { type BackupDestination, mustBeBackupName, newestFirst, type StoredBackup, takenAtOf } from './destination.ts';
import { BadBackup } from './format.ts';
import { type MultipartUpload, startUpload } from './multipart-upload.ts';
import { checkBackup } from './restore-backup.ts';
import { streamSink } from './stream-sink.ts';
import { writeBackupTo } from './write-backup.ts';
import { FileExists } from './write-whole.ts';

/** The timeout for a part of 16 MiB on a slow connection. */
const TIMEOUT_MS = 600_000;
const PAGE = 1_000;

/**
 * Stores backups as objects of a bucket. They are uploaded while they are written, without a local copy.
 * @param prefix the prefix of their keys
 */
export function s3Destination(location: S3Location, prefix: string): BackupDestination {
  const bucket = openBucket(location, TIMEOUT_MS);
  const keyOf = (name: string) => {
    mustBeBackupName(name);
    return `${prefix}${name}`;
  };
  return {
    label: `S3 (${location.endpoint.replace(/^https?:\/\//, '')}/${prefix})`,

    async store(name, source, options) {
      const key = keyOf(name);
      if (await bucket.objectExists(key)) throw new FileExists(`${name} exists already.`);
      const upload = startUpload(bucket, key);
      // The upload is verified while it is sent; the service checks each part against its digest.
      const copy = new PassThrough();
      const checking = checkBackup(async () => copy, options.passphrase);
      checking.catch((error: Error) => copy.destroy(error));
      try {
        const manifest = await writeBackupTo(() => toBoth(upload, copy), source, options);
        if ((await checking).manifest.sha256 !== manifest.sha256) {
          throw new BadBackup('What was read again is not what was written.');
        }
        return { manifest, bytes: await upload.complete() };
      } catch (error) {
        copy.destroy();
        await upload.abort();
        throw error;
      }
    },

    async list() {
      const found: StoredBackup[] = [];
      let token: string | undefined;
      do {
        const page = await bucket.listObjectsPaged('/', `${prefix}atrium-`, PAGE, token);
        for (const { Key: key, Size: bytes } of page?.objects ?? []) {
          const name = key.slice(prefix.length);
          const takenAt = takenAtOf(name);
          if (takenAt !== undefined) found.push({ name, takenAt, bytes: Number(bytes) });
        }
        token = page?.nextContinuationToken;
      } while (token !== undefined);
      return newestFirst(found);
    },

    async open(name) {
      const answer = await missingAs404(bucket.getObjectRaw(keyOf(name)));
      if (answer.body === null) throw new MissingObject();
      return Readable.fromWeb(answer.body as ReadableStream);
    },

    async delete(name) {
      await bucket.deleteObject(keyOf(name));
    },
  };
}

/** Ends when both have received everything; the upload is completed later. */
function toBoth(upload: MultipartUpload, copy: PassThrough): Writable {
  const reader = streamSink(copy);
  const settle = (work: Promise<unknown>, done: (error?: Error | null) => void) => {
    work.then(
      () => done(),
      (error: Error) => done(error),
    );
  };
  return new Writable({
    write: (chunk: Buffer, _encoding, done) => settle(Promise.all([upload.write(chunk), reader.write(chunk)]), done),
    final: (done) => settle(reader.end(), done),
  });
}
