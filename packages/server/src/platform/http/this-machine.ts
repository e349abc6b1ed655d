import type { PageRequest } from './pages.ts';

const LOOPBACK_ADDRESSES = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Whether an address leads to this machine and nowhere else. */
export function isLocalAddress(address: string): boolean {
  const { hostname } = new URL(address);
  return isLocalName(hostname);
}

/** Whether only this machine can reach a listener at this address. */
export function isLocalHost(host: string): boolean {
  return isLocalName(host === '::1' ? '[::1]' : host);
}

/**
 * Whether a request comes from this machine: not through a proxy that says so, and not from a page whose host name was
 * pointed here.
 */
export function isFromThisMachine({ headers, ip, hostname }: PageRequest): boolean {
  return (
    LOOPBACK_ADDRESSES.has(ip) &&
    isLocalName(hostname) &&
    headers['x-forwarded-for'] === undefined &&
    headers.forwarded === undefined
  );
}

function isLocalName(name: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(name.toLowerCase());
}
