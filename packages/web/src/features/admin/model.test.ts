import { expect, it } from 'vitest';
import {
  addressOf,
  highestByHour,
  pointsOf,
  readAuditFilters,
  readMailFilters,
  readUserFilters,
  readWorkspaceFilters,
  worstFirst,
} from './model.ts';

it.each([
  [{}, '/admin/users'],
  [{ q: 'ann', role: 'admin', status: 'disabled' }, '/admin/users?q=ann&role=admin&status=disabled'],
  [{ q: '', role: 'owner', status: 'asleep' }, '/admin/users'],
])('reads %o as the accounts at %s', (search, address) => {
  expect(addressOf('/admin/users', readUserFilters(search))).toBe(address);
});

it.each([
  [
    { kind: 'sign_in', from: '2026-11-01', to: '2026-11-30' },
    '/admin/audit?kind=sign_in&from=2026-11-01&to=2026-11-30',
  ],
  [{ kind: 'Sign in', from: 'yesterday', to: '2026-13-45' }, '/admin/audit'],
  [{ user: '0199', kind: 5 }, '/admin/audit?user=0199'],
])('reads %o as the entries at %s', (search, address) => {
  expect(addressOf('/admin/audit', readAuditFilters(search))).toBe(address);
});

it.each([
  [{}, '/admin/mail'],
  [{ state: 'sent' }, '/admin/mail?state=sent'],
  [{ state: 'failed' }, '/admin/mail'],
])('reads %o as the mails at %s', (search, address) => {
  expect(addressOf('/admin/mail', readMailFilters(search))).toBe(address);
});

it.each([
  [{ q: 'garden', show: 'all' }, '/admin/workspaces?q=garden&show=all'],
  [{ q: '', show: 'some' }, '/admin/workspaces'],
])('reads %o as the workspaces at %s', (search, address) => {
  expect(addressOf('/admin/workspaces', readWorkspaceFilters(search))).toBe(address);
});

const NOON = Date.parse('2026-08-01T12:00:00Z');
const sample = (minutes: number, online: number) => ({
  ...{ at: new Date(NOON + minutes * 60_000).toISOString(), online, sockets: 0, messagesPerMinute: 0 },
  ...{ runningTimers: 0, ordersToday: 0, queueDepth: 0, databaseBytes: 0, diskUsedBytes: 0 },
});

it('draws a counter up to its value now', () => {
  const samples = [sample(0, 3), sample(5, 4)];
  expect(pointsOf(samples, 'online', undefined).map(({ value }) => value)).toEqual([3, 4]);
  expect(pointsOf(samples, 'online', { ...sample(7, 9), diskBytes: 1 }).at(-1)).toEqual({
    at: NOON + 7 * 60_000,
    value: 9,
  });
});

it('lists the highest value of each hour, the latest first', () => {
  const points = pointsOf([sample(-61, 5), sample(-5, 2), sample(0, 3), sample(59, 1)], 'online', undefined);
  expect(highestByHour(points).map(({ at, value }) => [(at - NOON) / 3_600_000, value])).toEqual([
    [0, 3],
    [-1, 2],
    [-2, 5],
  ]);
});

it('shows failed checks before warnings, and each kind in its order', () => {
  const check = (name: string, status: 'ok' | 'warning' | 'failed') => ({ name, status, found: '' });
  const checks = [
    check('a', 'ok'),
    check('b', 'warning'),
    check('c', 'failed'),
    check('d', 'ok'),
    check('e', 'failed'),
  ];
  expect(worstFirst(checks).map(({ name }) => name)).toEqual(['c', 'e', 'b', 'a', 'd']);
});
