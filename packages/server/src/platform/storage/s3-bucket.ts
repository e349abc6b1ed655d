import { S3mini } from 's3mini';
import { MissingObject } from './storage.ts';

/** What anything but AWS expects. */
const DEFAULT_REGION = 'us-east-1';

/** Where objects are kept, and the keys to it. */
export interface S3Location {
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** `https://KEY:SECRET@host:port/bucket?region=…`; undefined for anything else. */
export function parseS3Url(value: string): S3Location | undefined {
  const url = URL.parse(value);
  const bucket = url && /^\/([a-z\d][a-z\d.-]{1,61}[a-z\d])\/?$/.exec(url.pathname)?.[1];
  if (!url || !bucket || !/^https?:$/.test(url.protocol) || url.username === '' || url.password === '')
    return undefined;
  return {
    endpoint: `${url.protocol}//${url.host}/${bucket}`,
    region: url.searchParams.get('region') ?? DEFAULT_REGION,
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
  };
}

/**
 * The service does not answer in time, or says that it is overloaded or out of order. The code is that of a connection
 * that timed out, so that callers get `unavailable` for either.
 */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
  readonly code = 'ETIMEDOUT';
}

/** @param timeoutMs how long an answer may take to begin, with what is sent before; whoever reads it may be slow */
export function openBucket(location: S3Location, timeoutMs: number): S3mini {
  const fetchInTime: typeof fetch = async (input, init) => {
    const controller = new AbortController();
    const timer = setTimeout(
      () => controller.abort(new StorageUnavailable('The storage did not answer in time.')),
      timeoutMs,
    );
    try {
      const answer = await fetch(input, { ...init, signal: controller.signal });
      if (answer.status !== 429 && answer.status < 500) return answer;
      await answer.body?.cancel();
      throw new StorageUnavailable(`The storage answers ${answer.status}.`);
    } finally {
      clearTimeout(timer);
    }
  };
  return new S3mini({ ...location, fetch: fetchInTime });
}

/** @throws MissingObject where the service says that there is none */
export async function missingAs404<Result>(request: Promise<Result>): Promise<Result> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 404) throw new MissingObject();
    throw error;
  }
}
