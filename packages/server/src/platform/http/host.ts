import { isIP } from 'node:net';

/** Whether a request may have come by this Host. */
export type HostPolicy = (host: string | undefined) => boolean;

/**
 * Decides by which names the server answers: those of its own address, of allowed origins, of this machine, and plain IP
 * addresses, which nobody can point elsewhere. Where its address is not known, by any.
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
