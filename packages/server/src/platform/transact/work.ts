import type { Transaction } from '../database/index.ts';
import type { Enqueue } from '../jobs/index.ts';
import type { Append, EndStreams } from '../stream/index.ts';

/** Where a call came from. */
export interface RequestInfo {
  id: string;
  ip: string;
  userAgent: string;
  transport: 'rest' | 'socket';
  /** The connection over which it came, where that stays open. */
  connectionId?: string;
  /** The refresh token of a browser's cookie, where there is one. */
  refreshCookie?: string | undefined;
}

/**
 * What modules tell each other, by name, with what is told. The module that tells declares it by declaration merging,
 * as in `'team:memberRemoved': { teamId: string; userId: string }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Hooks {}

/** Tells the other modules, and resolves when all that listen are done. They run in the order of the list of modules. */
export type Tell = <Name extends keyof Hooks>(name: Name, data: Hooks[Name]) => Promise<void>;

/** What code that writes works with. All that it does through these is one transaction. */
export interface Work {
  tx: Transaction;
  /** The database's clock when the transaction began. */
  now: Date;
  /** Who does it; null: the server by itself, or somebody who has not signed in. */
  actorId: string | null;
  /** The call that it is part of, if it is part of one. */
  request?: RequestInfo | undefined;
  /** Adds an event to a stream; numbered and written as the last statement of the transaction, in call order. */
  append: Append;
  /** Ends streams, together with the numbering of the events. */
  endStreams: EndStreams;
  /** Adds a job that exists exactly if the transaction commits. */
  enqueue: Enqueue;
  tell: Tell;
}

/**
 * Does what a module does when it is told something, inside the transaction of the teller. What it throws undoes the
 * whole transaction.
 */
export type Listener<Name extends keyof Hooks> = (work: Work, data: Hooks[Name]) => Promise<void> | void;

/** What one module listens to. */
export type Listeners = { [Name in keyof Hooks]?: Listener<Name> };
