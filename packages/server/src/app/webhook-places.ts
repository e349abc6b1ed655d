import type { Config } from '../config.ts';
import { type AllowedPlaces, isLoopbackPlace } from '../platform/outbound/index.ts';

/**
 * Which places outside of the internet webhooks may be sent to: those that the operator names, and programs on this
 * machine while nobody else can reach the server. Never the database, nor Redis.
 */
export function webhookPlaces(
  { redisUrl, webhookPrivateHosts }: Pick<Config, 'redisUrl' | 'webhookPrivateHosts'>,
  { databaseUrl, isPublic }: { databaseUrl: string; isPublic: boolean },
): AllowedPlaces {
  const portOf = (url: string, usual: string) => (URL.canParse(url) ? new URL(url).port || usual : usual);
  const ports = new Set([portOf(databaseUrl, '5432'), portOf(redisUrl ?? '', '6379')]);
  const isService = (place: string) => ports.has(place.slice(place.lastIndexOf(':') + 1));
  return {
    has: (place) => webhookPrivateHosts.has(place) || (!isPublic && isLoopbackPlace(place) && !isService(place)),
  };
}
