import type { RequestInfo } from '../transact/index.ts';
import type { Actor } from './actor.ts';
import type { Cookies, Implementation } from './context.ts';
import type { IncomingFile } from './files.ts';

/** A call of an operation, from any transport. */
export interface Call {
  name: string;
  input: unknown;
  actor: Actor;
  request: RequestInfo;
  cookies: Cookies;
  /** Idempotency key. */
  key?: string | undefined;
  /** The files in the body of the request; nothing of it is read before they are requested. */
  files?: AsyncIterable<IncomingFile> | undefined;
}

export interface Answer {
  status: number;
  data: Record<string, unknown>;
  /** True if this is the stored answer of an earlier call with the same key. */
  replayed: boolean;
}

/** Runs operations by name. Throws ProblemError only. */
export interface OperationExecutor {
  execute(call: Call): Promise<Answer>;
  readonly operations: ReadonlyMap<string, Implementation>;
}
