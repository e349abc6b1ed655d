import type { Module } from '../../platform/operations/module.ts';
import { type IncomingDeps, incomingRoute } from './incoming.ts';
import { webhookOperations } from './operations.ts';

/** Addresses that other programs post messages to. */
export function webhooksModule(deps: IncomingDeps & { appUrl: string }): Module {
  return { name: 'webhooks', operations: webhookOperations(deps.appUrl), routes: [incomingRoute(deps)] };
}
