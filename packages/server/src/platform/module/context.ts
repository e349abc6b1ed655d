import type { OpenRule, Operation, OperationSpec, OutputOf, ParsedInputOf } from '@atrium/protocol';
import type { Executor } from '../database/index.ts';
import type { RequestInfo, Work } from '../transact/index.ts';
import type { SubjectOf } from './access.ts';
import type { Actor, UserActor } from './actor.ts';
import type { IncomingFile } from './files.ts';

/** Tokens to store in browser cookies; a transport without cookies refuses them. */
export interface CookieTokens {
  accessToken: string;
  accessSeconds: number;
  refreshToken: string;
  /** undefined: until the browser is closed. */
  refreshSeconds: number | undefined;
}

/** Access to the caller's cookies, independent of the transport. */
export interface Cookies {
  /** Throws `invalid_input` if the transport has no cookies. */
  set(tokens: CookieTokens): void;
  clear(): void;
}

type AccessOf<Op> = Op extends OperationSpec ? Op['access'] : never;

/** Common to all calls. */
export interface CallContext<Op> {
  input: ParsedInputOf<Op>;
  actor: AccessOf<Op> extends 'public' | OpenRule ? Actor : UserActor;
  request: RequestInfo;
  /** The database's time at the start of the call. */
  now: Date;
}

/** Context of an operation that only reads. */
export interface ReadContext<Op> extends CallContext<Op> {
  subject: SubjectOf<AccessOf<Op>>;
  db: Executor;
}

/** Context of a command that takes care of its writes itself. */
export interface DirectContext<Op> extends ReadContext<Op> {
  /** The key under which the caller repeats the command, if they gave one. */
  key: string | undefined;
}

/** Context of an operation that receives files. */
export interface UploadContext<Op> extends ReadContext<Op> {
  /** The caller may do it: now the body can be read. */
  files: AsyncIterable<IncomingFile>;
}

/** Context of a command: its writes are one transaction with its events, jobs and stored answer. */
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

/**
 * How a command keeps the rows that its access rule decides by until the transaction ends: `hold` as they are, together
 * with other commands; `change` and `remove` alone.
 */
export type Lock = 'hold' | 'change' | 'remove';

/** How a command locks what it decides by. */
export interface CommandLocks<Op> {
  /**
   * How the subject of the access rule is locked before it is looked up. `hold` unless given: it stays as it is, also
   * for others. `itself`: the command locks it in its own place in the order of locks, and decides again behind the
   * lock.
   */
  lock?: Lock | 'itself';
  /** Others whose memberships are held too, because the command puts them into something. */
  people?: (input: ParsedInputOf<Op>) => readonly string[];
  /** `itself`: the command sees to it that the caller is still let in, because it is what ends that. */
  caller?: 'itself';
}

/** What a command does itself instead of the pipeline. */
export interface CommandOptions<Op> extends CommandLocks<Op> {
  /** `itself`: the command counts against its limit, because what it counts by is in its input. */
  limit?: 'itself';
}

/** An operation with its implementation. */
export interface Implementation extends CommandOptions<never> {
  operation: Operation;
  mode: 'read' | 'command' | 'direct';
  prepare?: (context: CallContext<Operation> & { db: Executor }) => MaybePromise<unknown>;
  run: (context: never) => MaybePromise<Record<string, unknown>>;
}

/**
 * Implements an operation that only reads. If its access rule loads something, both see the same snapshot of the
 * database.
 */
export function read<Op extends Operation>(
  operation: Op,
  run: (context: ReadContext<Op>) => MaybePromise<OutputOf<Op>>,
): Implementation {
  return { operation, mode: 'read', run: run as Implementation['run'] };
}

/**
 * Implements an operation that changes something, in one transaction. What its access rule decides by is locked first
 * and does not change until the end, so `subject` holds.
 */
export function command<Op extends Operation>(
  operation: Op,
  run: (context: CommandContext<Op>) => MaybePromise<OutputOf<Op>>,
  locks: CommandLocks<Op> = {},
): Implementation {
  return { operation, mode: 'command', run: run as Implementation['run'], ...(locks as CommandLocks<never>) };
}

/**
 * Implements a command with work that must not run inside a transaction, such as hashing a password. `prepare` runs
 * first, on the pool, and must change nothing; its result is `prepared` in `run`.
 */
export function preparedCommand<Op extends Operation, Prepared>(
  operation: Op,
  prepare: (context: CallContext<Op> & { db: Executor }) => MaybePromise<Prepared>,
  run: (context: CommandContext<Op, Prepared>) => MaybePromise<OutputOf<Op>>,
  options: CommandOptions<Op> = {},
): Implementation {
  return {
    operation,
    mode: 'command',
    prepare: prepare as NonNullable<Implementation['prepare']>,
    run: run as Implementation['run'],
    ...(options as CommandOptions<never>),
  };
}

/**
 * Implements a command that takes care of durability, idempotency and events itself (group commit), or that stores
 * nothing (typing). It has no transaction; access is checked on the pool.
 */
export function direct<Op extends Operation>(
  operation: Op,
  run: (context: DirectContext<Op>) => MaybePromise<OutputOf<Op>>,
): Implementation {
  return { operation, mode: 'direct', run: run as Implementation['run'] };
}

/** Implements an operation that receives files. Like a direct one, it takes care of durability and idempotency itself. */
export function uploading<Op extends Operation & { files: true }>(
  operation: Op,
  run: (context: UploadContext<Op>) => MaybePromise<OutputOf<Op>>,
): Implementation {
  return { operation, mode: 'direct', run: run as Implementation['run'] };
}
