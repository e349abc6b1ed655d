import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { S3mini, UploadPart } from 's3mini';

/** Uploads an object of unknown size. It exists once it is complete. */
export interface MultipartUpload {
  write(chunk: Buffer): Promise<void>;
  /** @returns the size of the object */
  complete(): Promise<number>;
  /** Aborts; the service deletes the uploaded parts. */
  abort(): Promise<void>;
}

/**
 * An object has up to 10,000 parts. Their size grows, so that small objects need little memory and 880 GB still fit.
 */
const FIRST_PART_BYTES = 16 << 20;
const GROWS_EVERY = 1_000;
const TRIES = 4;
const FIRST_WAIT_MS = 1_000;

/** @returns the size of the part with this number, from 1 on */
export function partBytes(number: number): number {
  return FIRST_PART_BYTES * (1 + Math.floor((number - 1) / GROWS_EVERY));
}

/** Uploads one part while the next is collected. */
export function startUpload(bucket: S3mini, key: string): MultipartUpload {
  const parts: UploadPart[] = [];
  let id: Promise<string> | undefined;
  let held: Buffer[] = [];
  let heldBytes = 0;
  let bytes = 0;
  let number = 0;
  let sending: Promise<void> = Promise.resolve();

  const uploadId = () => {
    id ??= bucket.getMultipartUploadId(key, 'application/octet-stream');
    return id;
  };
  const send = async () => {
    await sending;
    const content = Buffer.concat(held);
    held = [];
    heldBytes = 0;
    bytes += content.length;
    number += 1;
    sending = sendPart(bucket, { key, id: await uploadId(), number, content }).then((part) => void parts.push(part));
    // The next write or the completion throws it.
    sending.catch(() => undefined);
  };
  return {
    async write(chunk) {
      held.push(chunk);
      heldBytes += chunk.length;
      if (heldBytes >= partBytes(number + 1)) await send();
    },
    async complete() {
      if (heldBytes > 0) await send();
      await sending;
      await bucket.completeMultipartUpload(key, await uploadId(), parts);
      return bytes;
    },
    async abort() {
      await sending.catch(() => undefined);
      if (id !== undefined) await bucket.abortMultipartUpload(key, await id).catch(() => undefined);
    },
  };
}

/** The service verifies the digest of each part. */
async function sendPart(
  bucket: S3mini,
  { key, id, number, content }: { key: string; id: string; number: number; content: Buffer },
): Promise<UploadPart> {
  const digest = { 'content-md5': createHash('md5').update(content).digest('base64') };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await bucket.uploadPart(key, id, content, number, {}, undefined, digest);
    } catch (error) {
      if (attempt === TRIES) throw error;
      await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1));
    }
  }
}
