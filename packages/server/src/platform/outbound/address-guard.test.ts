import { describe, expect, test } from 'vitest';
import { guardedLookup, isLoopbackHost, isPrivateAddress, type Resolve, refusalOf } from './address-guard.ts';

describe('refusalOf', () => {
  const allowed = new Set(['ntfy.lan:80', '10.0.0.1:443']);
  test.each([
    ['https://fcm.googleapis.com/fcm/send/abc', undefined],
    ['https://ntfy.lan/x', 'ok'],
    ['http://ntfy.lan/x', undefined],
    ['https://10.0.0.1/x', undefined],
    ['http://push.example.org/x', 'must begin with https://'],
    ['ftp://push.example.org/x', 'must begin with https://'],
    ['https://user:pw@push.example.org/x', 'must not carry a login'],
    ['nonsense', 'is not an address'],
    ['https://127.0.0.1/x', 'is an address of a private network'],
    ['https://2130706433/x', 'is an address of a private network'],
    ['https://0x7f.1/x', 'is an address of a private network'],
    ['https://[::1]/x', 'is an address of a private network'],
    ['https://[::ffff:10.0.0.2]/x', 'is an address of a private network'],
    ['https://169.254.169.254/latest', 'is an address of a private network'],
  ])('%s', (address, refusal) => {
    expect(refusalOf(address, allowed)).toBe(refusal === 'ok' ? undefined : refusal);
  });

  test.each(['8.8.8.8', '1.1.1.1', '2606:4700::1', '172.32.0.1'])('%s is public', (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });

  test.each([
    '100.64.0.1',
    '172.31.255.255',
    'fd00::1',
    'fe80::1',
    '::',
    '224.0.0.1',
    '255.255.255.255',
    '64:ff9b::a00:1',
    'x',
  ])('%s is not', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });
});

test.each([
  ['localhost:4000', true],
  ['127.0.0.1:80', true],
  ['[::1]:4000', true],
  ['127.0.0.1.example.org:80', false],
  ['10.0.0.1:80', false],
])('whether %s is this machine: %s', (host, isLoopback) => {
  expect(isLoopbackHost(host)).toBe(isLoopback);
});

describe('a name whose addresses change', () => {
  const answers = [['8.8.8.8'], ['10.0.0.1'], ['169.254.169.254', '1.1.1.1'], ['::1']];
  /** Connects as often as there are answers. @returns the address of each connection, or why there is none */
  const connections = async (allowed: ReadonlySet<string>) => {
    const left = [...answers];
    const resolve: Resolve = (_hostname, _options, callback) => {
      const addresses = left.shift() ?? [];
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    };
    const look = guardedLookup(new URL('https://hooks.example.org/x'), allowed, resolve);
    const connect = () =>
      new Promise((done) => look('hooks.example.org', {}, (error, address) => done(error?.message ?? address)));
    const found: unknown[] = [];
    for (const _ of answers) found.push(await connect());
    return found;
  };
  const refused = 'the address leads into a private network';

  test('is checked for each connection, which uses the address that was checked', async () => {
    expect(await connections(new Set())).toEqual(['8.8.8.8', refused, '1.1.1.1', refused]);
  });

  test('may lead anywhere if the operator allows it', async () => {
    const addresses = await connections(new Set(['hooks.example.org:443']));
    expect(addresses).toEqual(['8.8.8.8', '10.0.0.1', '169.254.169.254', '::1']);
  });
});
