import { type AllowedPlaces, isLoopbackPlace } from './platform/outbound/index.ts';

/**
 * Which places outside of the internet webhooks may be sent to: those that the operator names, and programs on this
 * machine while nobody else can reach the server. Never the services that the server itself uses.
 * @param services addresses of the database and the like
 */
export function webhookPlaces({
  hosts,
  isPublic,
  services,
}: {
  hosts: ReadonlySet<string>;
  isPublic: boolean;
  services: readonly (string | undefined)[];
}): AllowedPlaces {
  const ports = new Set(services.flatMap((url) => (url !== undefined && URL.canParse(url) ? new URL(url).port : [])));
  const isService = (place: string) => ports.has(place.slice(place.lastIndexOf(':') + 1));
  return { has: (place) => hosts.has(place) || (!isPublic && isLoopbackPlace(place) && !isService(place)) };
}
