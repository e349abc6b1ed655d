import { expect, it } from 'vitest';
import { addressOf, readAuditFilters, readMailFilters, readUserFilters } from './model.ts';

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
