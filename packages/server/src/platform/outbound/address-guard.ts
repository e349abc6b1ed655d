import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Networks outside of the internet: their addresses must not be called on behalf of a user. */
const PRIVATE: readonly [string, number, 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

const blocked = new BlockList();
for (const [address, prefix, type] of PRIVATE) blocked.addSubnet(address, prefix, type);

/** True for an address outside of the internet; IPv4 addresses in IPv6 notation are treated as IPv4. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  return family === 0 || blocked.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** The host and port of a URL, in the form of the allowed ones. */
const hostOf = ({ hostname, port, protocol }: URL) =>
  `${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`;

/** Parses the `host:port` list of services that may be called although they are private, also without TLS. */
export type AllowedHosts = Pick<ReadonlySet<string>, 'has'>;

/** Whether a host, as `host:port`, is this machine itself by its own names. */
export function isLoopbackHost(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\]):\d+$/.test(host);
}

/** Why a URL must not be called; undefined if it may be. The addresses of its host are checked when it is called. */
export function refusalOf(address: string, allowed: AllowedHosts): string | undefined {
  if (!URL.canParse(address)) return 'is not an address';
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return 'must not carry a login';
  if (allowed.has(hostOf(url))) return undefined;
  if (url.protocol !== 'https:') return 'must begin with https://';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isPrivateAddress(host)) return 'is an address of a private network';
  return undefined;
}

/** What resolves a name into all of its addresses, as `lookup` of Node does. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Resolves names for a connection, anew for each one, and fails for private addresses. */
export function guardedLookup(url: URL, allowed: AllowedHosts, resolve: Resolve = lookup): LookupFunction {
  const isAllowed = allowed.has(hostOf(url));
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, '');
      const usable = isAllowed ? found : found.filter(({ address }) => !isPrivateAddress(address));
      const [first] = usable;
      if (first === undefined) return callback(new Error('the address leads into a private network'), '');
      return options.all === true ? callback(null, usable) : callback(null, first.address, first.family);
    });
  };
}
