import { isCommand, type Route } from '@atrium/protocol/routes';
import { backoffMs, sleep } from '../backoff.ts';
import { AtriumError, isTransient, retryAfterMsOf } from '../error.ts';
import type { CallOptions } from '../http/rest.ts';
import { randomId } from '../uuid.ts';

export interface LiveCallsOptions {
  whenOnline(): Promise<void>;
  /** One attempt over the current connection. */
  ask(event: string, payload: unknown, timeoutMs: number): Promise<unknown>;
  /** The server reports that the token has expired. @returns false if there is no other */
  renew(): Promise<boolean>;
  random: () => number;
}

/** After this time an ack is considered lost: the command is sent again with its key. */
const ACK_WITHIN_MS = 5_000;
/** For the whole call, including reconnecting. */
const CALL_WITHIN_MS = 30_000;
const BACKOFF = { baseMs: 200, maxMs: 3_000 };

/** Calls operations over the socket. A call survives a lost connection: it is sent again until it is answered. */
export class LiveCalls {
  readonly #options: LiveCallsOptions;

  constructor(options: LiveCallsOptions) {
    this.#options = options;
  }

  /** Throws AtriumError; `network` if nothing was answered within `timeoutMs` (30,000 unless given). */
  async call(route: Route, input: Record<string, unknown>, options: CallOptions = {}): Promise<unknown> {
    const { ask, random, renew } = this.#options;
    const [event, payload] = toEmit(route, input, options.key);
    const limit = AbortSignal.timeout(options.timeoutMs ?? CALL_WITHIN_MS);
    const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
    let renewed = false;
    for (let attempt = 0; ; attempt++) {
      try {
        await orAbort(this.#options.whenOnline(), signal);
        return await orAbort(ask(event, payload, ACK_WITHIN_MS), signal);
      } catch (error) {
        if (signal.aborted) throw ended(options.signal, error);
        if (!renewed && error instanceof AtriumError && error.code === 'token_expired') {
          renewed = true;
          if (await renew()) continue;
        }
        if (!isTransient(error)) throw error;
        const wait = retryAfterMsOf(error) ?? backoffMs(BACKOFF, attempt, random());
        await sleep(wait, signal).catch(() => {
          throw ended(options.signal, error);
        });
      }
    }
  }
}

/** Operations with their own event have an idempotency key in their input; all others are sent as `op` with a key. */
function toEmit(route: Route, input: Record<string, unknown>, key: string | undefined): [string, unknown] {
  if (route.event !== undefined && key === undefined) return [route.event, input];
  const named = { name: route.name, input };
  return ['op', isCommand(route) ? { ...named, key: key ?? randomId() } : named];
}

function ended(signal: AbortSignal | undefined, cause: unknown): AtriumError {
  return signal?.aborted
    ? new AtriumError('aborted', 'The call was aborted', undefined, { cause })
    : new AtriumError('network', 'Nobody answered in time', undefined, { cause });
}

/** The promise's result, unless the signal is aborted first. */
function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
