import type { Config } from '../config.ts';
import { type AllowedHosts, isLoopbackHost } from '../platform/outbound/index.ts';

/**
 * The private hosts that webhooks may be sent to: those that the operator allows, and this machine while the server is
 * only reachable from it. Never the database or Redis.
 */
export function webhookHosts(
  { redisUrl, webhookPrivateHosts }: Pick<Config, 'redisUrl' | 'webhookPrivateHosts'>,
  { databaseUrl, isPublic }: { databaseUrl: string; isPublic: boolean },
): AllowedHosts {
  const portOf = (url: string, usual: string) => (URL.canParse(url) ? new URL(url).port || usual : usual);
  const ports = new Set([portOf(databaseUrl, '5432'), portOf(redisUrl ?? '', '6379')]);
  const isService = (host: string) => ports.has(host.slice(host.lastIndexOf(':') + 1));
  return {
    has: (host) => webhookPrivateHosts.has(host) || (!isPublic && isLoopbackHost(host) && !isService(host)),
  };
}
