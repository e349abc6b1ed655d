import { isCommand, type Route } from '@atrium/protocol/routes';
import { backoffMs, sleep } from '../backoff.ts';
import { AtriumError, isTransient, retryAfterMsOf } from '../error.ts';
import type { Session } from '../session.ts';
import { randomId } from '../uuid.ts';
import { encodeFiles, type UploadFile, type UploadProgress, withProgress } from './files.ts';
import { toRequest } from './request.ts';
import { readAnswer } from './response.ts';

/** Options of one call. */
export interface CallOptions {
  /** The idempotency key of a command: the same key with the same input is carried out once. Generated unless given. */
  key?: string;
  /** Aborts the call; what the server does with a command in progress is not reverted. */
  signal?: AbortSignal;
  /** Timeout of each attempt; 15,000 unless given, 600,000 with files. */
  timeoutMs?: number;
  /** The files of an operation that accepts files. */
  files?: readonly UploadFile[];
  /** Called with the number of sent bytes, if the environment reports it, and at the end. */
  onProgress?: (progress: UploadProgress) => void;
}

export interface RestOptions {
  /** The URL of the server, without /api/v1. */
  url: string;
  session: Session;
  fetch: typeof globalThis.fetch;
  /** Total number of attempts when the network or the server fails. */
  tries: number;
  random: () => number;
}

const TIMEOUT_MS = 15_000;
const UPLOAD_TIMEOUT_MS = 600_000;
const BACKOFF = { baseMs: 250, maxMs: 5_000 };
/** If a longer wait is required, the caller decides. */
const LONGEST_WAIT_MS = 10_000;

/** Calls operations over REST; retries, with the same key, what can be retried safely. */
export class Rest {
  readonly #options: RestOptions;

  constructor(options: RestOptions) {
    this.#options = options;
  }

  /** Throws AtriumError. */
  async call(route: Route, input: Record<string, unknown>, options: CallOptions = {}): Promise<unknown> {
    const { random, session, tries } = this.#options;
    const key = isCommand(route) && route.files !== true ? (options.key ?? randomId()) : undefined;
    // Repeated after a broken connection, the files are stored once.
    const named = route.files === true ? { uploadId: randomId(), ...input } : input;
    let renewed = false;
    for (let attempt = 0; ; attempt++) {
      const token = await session.accessToken();
      try {
        return await this.#once(route, named, key, token, options);
      } catch (error) {
        if (options.signal?.aborted)
          throw new AtriumError('aborted', 'The call was aborted', undefined, { cause: error });
        if (!renewed && route.access !== 'public' && session.canRenew(error)) {
          renewed = true;
          await session.renew(token);
          continue;
        }
        if (attempt + 1 >= tries || !isTransient(error) || !canRepeat(route)) throw error;
        const wait = retryAfterMsOf(error) ?? backoffMs(BACKOFF, attempt, random());
        if (wait > LONGEST_WAIT_MS) throw error;
        await sleep(wait, options.signal).catch(() => {
          throw new AtriumError('aborted', 'The call was aborted', undefined, { cause: error });
        });
      }
    }
  }

  async #once(
    route: Route,
    input: Record<string, unknown>,
    key: string | undefined,
    token: string | undefined,
    options: CallOptions,
  ): Promise<Record<string, unknown>> {
    const { fetch, session, url } = this.#options;
    const { body, method, path } = toRequest(route, input);
    const form = route.files === true ? await encodeFiles(options.files ?? []) : undefined;
    const timeout = AbortSignal.timeout(options.timeoutMs ?? (form ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS));
    const headers = {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...form?.headers,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const send = form && options.onProgress ? withProgress(fetch, form.size, options.onProgress) : fetch;
    const response = await send(`${url}${path}`, {
      method,
      headers,
      ...(form ? { body: form.body } : body === undefined ? {} : { body }),
      credentials: session.usesCookies ? 'include' : 'omit',
      signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
    })
      .then(readAnswer)
      .catch((error: unknown) => {
        if (error instanceof AtriumError) throw error;
        const why = timeout.aborted ? 'did not answer in time' : 'cannot be reached';
        throw new AtriumError('network', `${url} ${why}`, undefined, { cause: error });
      });
    return response;
  }
}

/**
 * Without a signed-in user the server cannot store a key, so an account might be registered twice; signing in or
 * renewing twice does no harm.
 */
function canRepeat(route: Route): boolean {
  return route.access !== 'public' || route.secret === true;
}
