import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import S3rver from '@20minutes/s3rver';

const BUCKET = 'atrium-files';

/** A server with the S3 protocol, on loopback, with one empty bucket. */
export interface S3Server {
  /** For S3_URL. */
  url: string;
  /** Stops it until it is started again, on its port and with its objects. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** @param port 0: a free one */
async function serve(directory: string, port: number) {
  const s3rver = new S3rver({
    address: '127.0.0.1',
    port,
    silent: true,
    directory,
    configureBuckets: [{ name: BUCKET }],
  });
  // When it checks the signature of a list, it omits the trailing slash, which S3 does not.
  s3rver.middleware.unshift((context, next) => {
    s3rver.allowMismatchedSignatures = context.path === `/${BUCKET}/`;
    return next();
  });
  return { s3rver, port: (await s3rver.run()).port };
}

/** Starts one on a free port. It checks signatures. */
export async function startS3Server(): Promise<S3Server> {
  const directory = await mkdtemp(path.join(tmpdir(), 'atrium-s3-'));
  let running = await serve(directory, 0);
  let isRunning = true;
  const { port } = running;
  const stop = async () => {
    if (!isRunning) return;
    isRunning = false;
    const closed = running.s3rver.close();
    running.s3rver.httpServer.closeAllConnections();
    await closed;
  };
  return {
    url: `http://S3RVER:S3RVER@127.0.0.1:${port}/${BUCKET}`,
    stop,
    async start() {
      running = await serve(directory, port);
      isRunning = true;
    },
    async close() {
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
