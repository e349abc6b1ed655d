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

/** Context of a command that manages its writes itself. */
export interface DirectContext<Op> extends ReadContext<Op> {
  /** The idempotency key of the command, if one was given. */
  key: string | undefined;
}

/** Context of an operation that receives files. */
export interface UploadContext<Op> extends ReadContext<Op> {
  /** The caller is authorized: now the body can be read. */
  files: AsyncIterable<IncomingFile>;
}

/** Context of a command: its writes are one transaction with its events, jobs and stored answer. */
export interface CommandContext<Op, Prepared = undefined> extends CallContext<Op>, Work {
  subject: SubjectOf<AccessOf<Op>>;
  prepared: Prepared;
  /** The idempotency key of the command, if one was given. */
  key: string | undefined;
  cookies: Cookies;
  now: Date;
  request: RequestInfo;
}

type MaybePromise<T> = T | Promise<T>;

/**
 * How a command keeps the rows that its access rule depends on until the transaction ends: `hold` keeps them unchanged,
 * shared with other commands; `change` and `remove` lock them exclusively.
 */
export type Lock = 'hold' | 'change' | 'remove';

/** How a command locks the rows that its access rule depends on. */
export interface CommandLocks<Op> {
  /**
   * How the subject of the access rule is locked before it is read. `hold` unless given: it stays unchanged, shared
   * with others. `itself`: the command locks it at another place in the lock order, and decides again behind the lock.
   */
  lock?: Lock | 'itself';
  /** Other users whose memberships are held too, because the command adds them to something. */
  people?: (input: ParsedInputOf<Op>) => readonly string[];
  /** `itself`: the command makes sure that the caller is still authorized, because it is what ends that. */
  caller?: 'itself';
}

/** What a command does itself instead of the pipeline. */
export interface CommandOptions<Op> extends CommandLocks<Op> {
  /** `itself`: the command counts against its limit, because the key is in its input. */
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
 * Implements an operation that only reads. If its access rule has a loader, both see the same snapshot of the database.
 */
export function read<Op extends Operation>(
  operation: Op,
  run: (context: ReadContext<Op>) => MaybePromise<OutputOf<Op>>,
): Implementation {
  return { operation, mode: 'read', run: run as Implementation['run'] };
}

/**
 * Implements an operation that makes changes, in one transaction. The rows that its access rule depends on are locked
 * first and do not change until the end, so `subject` stays valid.
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
 * Implements a command that manages durability, idempotency and events itself (group commit), or that stores nothing
 * (typing). It has no transaction; access is checked on the pool.
 */
export function direct<Op extends Operation>(
  operation: Op,
  run: (context: DirectContext<Op>) => MaybePromise<OutputOf<Op>>,
): Implementation {
  return { operation, mode: 'direct', run: run as Implementation['run'] };
}

/** Implements an operation that receives files. Like a direct one, it manages durability and idempotency itself. */
export function uploading<Op extends Operation & { files: true }>(
  operation: Op,
  run: (context: UploadContext<Op>) => MaybePromise<OutputOf<Op>>,
): Implementation {
  return { operation, mode: 'direct', run: run as Implementation['run'] };
}
