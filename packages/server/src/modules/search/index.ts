import type { Logger } from 'pino';
import type { Database } from '../../platform/database/index.ts';
import type { Module, Registry } from '../../platform/module/index.ts';
import { Indexer } from './indexer.ts';
import { searchTables } from './lifecycle.ts';
import { searchOperations } from './operations.ts';
import type { MessageSource } from './source.ts';

export { Indexer } from './indexer.ts';
export { type IndexedMessage, type MessageSource, searchedText } from './source.ts';
export { fold } from './text/fold.ts';

declare module '../../platform/module/index.ts' {
  interface Services {
    /** The source of searched messages. */
    messageSource: MessageSource;
  }
}

/** Full-text search of messages, with an index that follows the log of events. */
export function searchModule(deps: {
  database: Pick<Database, 'transaction'>;
  modules: Pick<Registry, 'service'>;
  log: Pick<Logger, 'warn'>;
}): Module {
  const source = deps.modules.service('messageSource');
  return {
    name: 'search',
    tables: searchTables,
    operations: searchOperations({ ...deps, source }),
    start() {
      const indexer = new Indexer({ ...deps, source: source() });
      indexer.start();
      return () => indexer.stop();
    },
  };
}
