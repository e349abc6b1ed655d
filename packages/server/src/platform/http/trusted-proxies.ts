import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Proxies whose word on addresses is taken. */
export interface TrustedProxies {
  /** True for the address of a proxy of ours. */
  trusts(address: string): boolean;
  /** Who sends a request: the nearest address that is no proxy of ours. */
  clientOf(request: Pick<IncomingMessage, 'headers' | 'socket'>): string;
}

/** True for an address or a network such as 10.0.0.0/8 or 2001:db8::/32. */
export function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

/** @param networks as isNetwork takes them; with none, nobody's word is taken */
export function createTrustedProxies(networks: readonly string[]): TrustedProxies {
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
  return {
    trusts,
    clientOf({ headers, socket }) {
      let client = socket.remoteAddress ?? '';
      const said = headers['x-forwarded-for'];
      const hops = (Array.isArray(said) ? said.join(',') : (said ?? '')).split(',').map((hop) => hop.trim());
      // Each proxy adds, at the end, whom it heard; what stands before an address that is not ours, anyone may have written.
      for (const hop of hops.reverse()) {
        if (!trusts(client) || isIP(hop) === 0) break;
        client = hop;
      }
      return client;
    },
  };
}
