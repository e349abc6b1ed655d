import type { OpenRule, Operation, OperationSpec, OutputOf, ParsedInputOf } from '@atrium/protocol';
import type { Executor } from '../database/index.ts';
import type { RequestInfo, Work } from '../transact/index.ts';
import type { SubjectOf } from './access.ts';
import type { Actor, UserActor } from './actor.ts';

/** Tokens that a browser keeps as cookies; the transport that has no cookies refuses them. */
export interface CookieTokens {
  accessToken: string;
  accessSeconds: number;
  refreshToken: string;
  /** undefined: until the browser closes. */
  refreshSeconds: number | undefined;
}

/** How an operation reaches the caller's cookies without knowing the transport. */
export interface Cookies {
  /** Throws `invalid_input` where the transport has no cookies. */
  set(tokens: CookieTokens): void;
  clear(): void;
}

type AccessOf<Op> = Op extends OperationSpec ? Op['access'] : never;

/** What every call has. */
export interface CallContext<Op> {
  input: ParsedInputOf<Op>;
  actor: AccessOf<Op> extends 'public' | OpenRule ? Actor : UserActor;
  request: RequestInfo;
  /** The database's clock when the call began. */
  now: Date;
}

/** What an operation gets that only reads. */
export interface ReadContext<Op> extends CallContext<Op> {
  subject: SubjectOf<AccessOf<Op>>;
  db: Executor;
}

/** What a command gets: everything it writes is one transaction with its events, jobs and stored answer. */
export interface CommandContext<Op, Prepared = undefined> extends CallContext<Op>, Work {
  subject: SubjectOf<AccessOf<Op>>;
  prepared: Prepared;
  /** The key under which the caller repeats the command, if they gave one. */
  key: string | undefined;
  cookies: Cookies;
  now: Date;
  request: RequestInfo;
}

type MaybePromise<T> = T | Promise<T>;

/** An operation with the code that carries it out. */
export interface Implementation {
  operation: Operation;
  mode: 'read' | 'command' | 'direct';
  prepare?: (context: CallContext<Operation> & { db: Executor }) => MaybePromise<unknown>;
  run: (context: never) => MaybePromise<Record<string, unknown>>;
}

/** An operation that only reads. Where its access rule looks something up, both see the same moment. */
export function read<Op extends Operation>(
  operation: Op,
  run: (context: ReadContext<Op>) => MaybePromise<OutputOf<Op>>,
): Implementation {
  return { operation, mode: 'read', run: run as Implementation['run'] };
}

/** An operation that changes something, in one transaction. */
export function command<Op extends Operation>(
  operation: Op,
  run: (context: CommandContext<Op>) => MaybePromise<OutputOf<Op>>,
): Implementation {
  return { operation, mode: 'command', run: run as Implementation['run'] };
}

/**
 * A command with work that must not sit inside a transaction, such as hashing a password.
 * `prepare` runs first, on the pool; what it returns is `prepared` in `run`. It must change nothing.
 */
export function preparedCommand<Op extends Operation, Prepared>(
  operation: Op,
  prepare: (context: CallContext<Op> & { db: Executor }) => MaybePromise<Prepared>,
  run: (context: CommandContext<Op, Prepared>) => MaybePromise<OutputOf<Op>>,
): Implementation {
  return {
    operation,
    mode: 'command',
    prepare: prepare as NonNullable<Implementation['prepare']>,
    run: run as Implementation['run'],
  };
}

/**
 * A command that sees to durability, idempotency and events by itself (group commit), or that keeps nothing (typing).
 * It gets no transaction; access is checked on the pool.
 */
export function direct<Op extends Operation>(
  operation: Op,
  run: (context: ReadContext<Op>) => MaybePromise<OutputOf<Op>>,
): Implementation {
  return { operation, mode: 'direct', run: run as Implementation['run'] };
}
