import type { Module, Registry } from '../../platform/module/index.ts';
import { type IncomingDeps, incomingRoute } from './incoming.ts';
import { webhookTables } from './lifecycle.ts';
import { webhookOperations } from './operations.ts';

export { slackMarkdown } from './slack/markdown.ts';
export { webhooksOf } from './store.ts';

/** Incoming webhooks: URLs that other programs post messages to. */
export function webhooksModule({
  modules,
  appUrl,
  ...deps
}: Omit<IncomingDeps, 'chat'> & { modules: Pick<Registry, 'service'>; appUrl: string }): Module {
  return {
    name: 'webhooks',
    tables: webhookTables,
    operations: webhookOperations(appUrl),
    routes: [incomingRoute({ ...deps, chat: modules.service('chat') })],
  };
}
