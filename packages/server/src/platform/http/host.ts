import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** Whether a request names more than one host: which of them it means is anybody's guess (RFC 9112, 3.2). */
export function namesTwoHosts({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): boolean {
  const isHost = (name: string, at: number) => at % 2 === 0 && name.toLowerCase() === 'host';
  return rawHeaders.filter(isHost).length > 1;
}

/** Whether requests with this Host are allowed. */
export type HostPolicy = (host: string | undefined) => boolean;

/**
 * Decides which Host headers are accepted: the server's own name, allowed origins, loopback names, and plain IP
 * addresses, which cannot be used for DNS rebinding. If the own name is unknown, all are.
 */
export function createHostPolicy(appUrl: string | undefined, allowedOrigins: readonly string[]): HostPolicy {
  if (appUrl === undefined) return () => true;
  const names = new Set([appUrl, ...allowedOrigins].map((address) => new URL(address).hostname));
  return (host) => {
    if (host === undefined || !URL.canParse(`http://${host}`)) return false;
    const { hostname } = new URL(`http://${host}`);
    if (names.has(hostname) || hostname === 'localhost' || hostname.endsWith('.localhost')) return true;
    return isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  };
}
