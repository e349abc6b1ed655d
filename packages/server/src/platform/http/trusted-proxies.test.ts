import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createTrustedProxies, isNetwork } from './trusted-proxies.ts';

const proxies = createTrustedProxies(['10.0.0.0/8', '192.0.2.1', '2001:db8:1::/48']);
const clientOf = (remoteAddress: string, forwarded?: string) =>
  proxies.clientOf({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  } as unknown as IncomingMessage);

describe('S30 the client of a request', () => {
  it.each([
    ['nobody in between', '203.0.113.5', undefined, '203.0.113.5'],
    ['a forger', '203.0.113.5', '198.51.100.1', '203.0.113.5'],
    ['one proxy', '10.1.2.3', '203.0.113.5', '203.0.113.5'],
    ['a forger behind a proxy', '10.1.2.3', '198.51.100.1, 203.0.113.5', '203.0.113.5'],
    ['two proxies', '10.1.2.3', '203.0.113.5, 192.0.2.1', '203.0.113.5'],
    ['a proxy as a mapped address', '::ffff:10.1.2.3', '203.0.113.5', '203.0.113.5'],
    ['a proxy on IPv6', '2001:db8:1:9::1', '2001:db8:2::7', '2001:db8:2::7'],
    ['a proxy that says nothing', '10.1.2.3', undefined, '10.1.2.3'],
    ['a proxy that adds ports', '10.1.2.3', '203.0.113.5:4711', '203.0.113.5'],
    ['a proxy that adds ports on IPv6', '10.1.2.3', '[2001:db8:2::7]:4711', '2001:db8:2::7'],
    ['a proxy that says nonsense', '10.1.2.3', 'unknown', '10.1.2.3'],
    ['a neighbour of a proxy', '192.0.2.2', '203.0.113.5', '192.0.2.2'],
  ])('%s', (_name, remote, forwarded, expected) => {
    expect(clientOf(remote, forwarded)).toBe(expected);
  });

  it('is reported once if a proxy forwards it that is not trusted', () => {
    const reported: string[] = [];
    const { clientOf: of } = createTrustedProxies(['10.0.0.0/8'], (address) => reported.push(address));
    const ask = (remoteAddress: string, headers: IncomingMessage['headers']) =>
      of({ socket: { remoteAddress }, headers } as unknown as IncomingMessage);
    ask('172.16.0.1', {});
    ask('10.1.2.3', { 'x-forwarded-for': '203.0.113.5' });
    expect(reported).toEqual([]);
    for (const peer of ['172.16.0.2', '172.16.0.2', '172.16.0.3']) ask(peer, { 'x-forwarded-for': '203.0.113.5' });
    expect(reported).toEqual(['172.16.0.2']);
  });

  it('is the other end of the connection if no proxy is trusted', () => {
    const none = createTrustedProxies([]);
    expect(none.trusts('127.0.0.1')).toBe(false);
  });
});

describe('S37 the Host of a request', () => {
  it.each([
    ['203.0.113.5', undefined, 'seen.example'],
    ['203.0.113.5', 'evil.example', 'seen.example'],
    ['10.1.2.3', undefined, 'seen.example'],
    ['10.1.2.3', 'atrium.example', 'atrium.example'],
    ['10.1.2.3', 'evil.example, atrium.example', 'atrium.example'],
  ])('from %s with X-Forwarded-Host %s is %s', (remoteAddress, forwarded, expected) => {
    const headers = { host: 'seen.example', ...(forwarded === undefined ? {} : { 'x-forwarded-host': forwarded }) };
    expect(proxies.hostOf({ socket: { remoteAddress }, headers } as unknown as IncomingMessage)).toBe(expected);
  });
});

it.each(['10.0.0.0/8', '10.0.0.1', '::1', '2001:db8::/32', '0.0.0.0/0'])('%s is a network', (text) => {
  expect(isNetwork(text)).toBe(true);
});

it.each(['', 'proxy', '10.0.0.0/33', '10.0.0/8', '::1/129', '10.0.0.0/8/8', '10.0.0.0/', '10.0.0.0/x'])(
  '%j is not a network',
  (text) => {
    expect(isNetwork(text)).toBe(false);
  },
);
