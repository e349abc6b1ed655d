import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Proxies whose forwarding headers are trusted. */
export interface TrustedProxies {
  /** True for the address of a trusted proxy. */
  trusts(address: string): boolean;
  /** The client's address: the nearest one that is not a trusted proxy. */
  clientOf(request: Pick<IncomingMessage, 'headers' | 'socket'>): string;
  /** The Host of the request, as forwarded by the nearest proxy if that is trusted. */
  hostOf(request: Pick<IncomingMessage, 'headers' | 'socket'>): string | undefined;
}

/** True for an address or a network such as 10.0.0.0/8 or 2001:db8::/32. */
export function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

/** Some proxies append the port: 203.0.113.5:4711, [2001:db8::1]:4711. */
function withoutPort(hop: string): string {
  return /^(\d+(?:\.\d+){3}):\d+$/.exec(hop)?.[1] ?? /^\[([^\]]+)\](?::\d+)?$/.exec(hop)?.[1] ?? hop;
}

/**
 * @param networks in the form that isNetwork accepts; if empty, no proxy is trusted
 * @param onUntrusted called once, with the first address that says it forwards a request and is not trusted
 */
export function createTrustedProxies(
  networks: readonly string[],
  onUntrusted: (address: string) => void = () => undefined,
): TrustedProxies {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    list.addSubnet(address, prefix === undefined ? (family === 'ipv4' ? 32 : 128) : Number(prefix), family);
  }
  const trusts = (address: string) => {
    const family = isIP(address);
    return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
  };
  let isReported = false;
  return {
    trusts,
    clientOf({ headers, socket }) {
      let client = socket.remoteAddress ?? '';
      const said = headers['x-forwarded-for'];
      if (said !== undefined && !isReported && !trusts(client)) {
        isReported = true;
        onUntrusted(client);
      }
      const hops = (Array.isArray(said) ? said.join(',') : (said ?? ''))
        .split(',')
        .map((hop) => withoutPort(hop.trim()));
      // Each proxy appends the address of its client; anything before an untrusted address may be forged.
      for (const hop of hops.reverse()) {
        if (!trusts(client) || isIP(hop) === 0) break;
        client = hop;
      }
      return client;
    },
    hostOf({ headers, socket }) {
      const said = headers['x-forwarded-host'];
      if (typeof said !== 'string' || !trusts(socket.remoteAddress ?? '')) return headers.host;
      return said.split(',').at(-1)?.trim();
    },
  };
}
