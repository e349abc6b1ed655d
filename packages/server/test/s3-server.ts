import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import S3rver from '@20minutes/s3rver';

const BUCKET = 'atrium-files';

/** A server that speaks the protocol of S3, on loopback, with one empty bucket. */
export interface S3Server {
  /** For S3_URL. */
  url: string;
  close(): Promise<void>;
}

/** Starts one on a free port. It checks signatures. */
export async function startS3Server(): Promise<S3Server> {
  const directory = await mkdtemp(path.join(tmpdir(), 'atrium-s3-'));
  const s3rver = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: BUCKET }],
  });
  // It leaves out the slash at the end when it checks the signature of a listing, where S3 does not.
  s3rver.middleware.unshift((context, next) => {
    s3rver.allowMismatchedSignatures = context.path === `/${BUCKET}/`;
    return next();
  });
  const { port } = await s3rver.run();
  return {
    url: `http://S3RVER:S3RVER@127.0.0.1:${port}/${BUCKET}`,
    async close() {
      await s3rver.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
