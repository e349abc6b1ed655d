import type { Transaction } from '../database/index.ts';
import type { Enqueue } from '../jobs/index.ts';
import type { Append, EndStreams } from '../stream/index.ts';

/** The origin of a call. */
export interface RequestInfo {
  id: string;
  ip: string;
  userAgent: string;
  transport: 'rest' | 'socket' | 'mcp';
  /** The caller's trace context, as sent. */
  traceparent?: string | undefined;
  /** The socket that sent it, if any. */
  connectionId?: string;
  /** The refresh token of the browser's cookie, if any. */
  refreshCookie?: string | undefined;
}

/**
 * The hooks of modules, by name. The calling module declares the payload by declaration merging:
 * `'team:memberRemoved': { teamId: string; userId: string }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Hooks {}

/** Calls the listeners of the other modules and resolves when they are done. They run in module order. */
export type Tell = <Name extends keyof Hooks>(name: Name, data: Hooks[Name]) => Promise<void>;

/** The unit of work. Everything done through it is one transaction. */
export interface Work {
  tx: Transaction;
  /** The database's time at the start of the transaction. */
  now: Date;
  /** The user who writes; null: the server itself, or an anonymous caller. */
  actorId: string | null;
  /** The call that it belongs to, if any. */
  request?: RequestInfo | undefined;
  /** Adds an event to a stream; numbered and written by the last statement of the transaction, in call order. */
  append: Append;
  /** Ends streams, together with the numbering of the events. */
  endStreams: EndStreams;
  /** Adds a job that exists only if the transaction commits. */
  enqueue: Enqueue;
  tell: Tell;
  /** The same unit of work in the name of another user: for one that carries out requests of several. */
  as(actorId: string): Work;
}

/** Reacts to a hook of another module, inside its transaction. Errors roll back the whole transaction. */
export type Listener<Name extends keyof Hooks> = (work: Work, data: Hooks[Name]) => Promise<void> | void;

/** The hooks that a module listens to. */
export type Listeners = { [Name in keyof Hooks]?: Listener<Name> };
