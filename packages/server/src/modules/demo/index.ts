import type { Module, Transact } from '../../platform/module/index.ts';
import { demoTables } from './lifecycle.ts';
import { demoOperations, type LoadDeps } from './operations.ts';
import { removalHandler, removeDemoPeople } from './removal.ts';
import { deleteDemoPersonRow, takeDemoPeople } from './store.ts';

/** A demo workspace with invented people and content. */
export function demoModule(deps: LoadDeps & { transact: Transact }): Module {
  return {
    name: 'demo',
    operations: demoOperations(deps),
    tables: demoTables,
    jobs: [removeDemoPeople.handledBy(removalHandler(deps))],
    on: {
      'account:erasing': ({ tx }, { userId }) => deleteDemoPersonRow(tx, userId),
      async 'workspace:deleting'({ tx, enqueue }, { workspaceId }) {
        const accountIds = await takeDemoPeople(tx, workspaceId);
        if (accountIds.length > 0) enqueue(removeDemoPeople, { accountIds });
      },
    },
  };
}
