import type { Logger } from 'pino';
import type { Database } from '../../platform/database/index.ts';
import type { Module } from '../../platform/operations/module.ts';
import { Indexer } from './indexer.ts';
import { searchOperations } from './operations.ts';
import type { MessageSource } from './source.ts';

export { Indexer } from './indexer.ts';
export type { Findable, MessageSource } from './source.ts';

/** Finding what was said, by an index that follows the log of events. */
export function searchModule(deps: {
  database: Pick<Database, 'transaction'>;
  source: MessageSource;
  log: Pick<Logger, 'warn'>;
}): Module {
  return {
    name: 'search',
    operations: searchOperations(deps),
    start() {
      const indexer = new Indexer(deps);
      indexer.start();
      return () => indexer.stop();
    },
  };
}
