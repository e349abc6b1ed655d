import type { Logger } from 'pino';
import type { Database } from '../database/index.ts';
import type { Limiter } from '../limits/index.ts';
import type { EndedOperation } from '../metrics/index.ts';
import type { AccessHolds, AccessLoaders, CallerHold, Implementation } from '../module/index.ts';
import type { Transact } from '../transact/index.ts';
import type { AnswerKeeper } from './answer-keeper.ts';

/** Dependencies of the executor. */
export interface ExecutorDeps {
  database: Database;
  transact: Transact;
  limiter: Limiter;
  log: Logger;
  clock: { now(): Date };
  implementations: readonly Implementation[];
  loaders: AccessLoaders;
  holds: AccessHolds;
  holdCaller: CallerHold;
  /** Stores answers for repeated commands; with the default limits unless given. */
  answers?: AnswerKeeper;
  /** Called after each successful command; must not throw. */
  commanded?(userId: string, operation: string, at: Date): void;
  /** Called after each call, however it ended; must not throw. */
  ended?(operation: EndedOperation): void;
  /** What users with an unverified address may do. */
  unverifiedMay(): Promise<'everything' | 'read' | 'nothing'>;
}
