import { expect, it } from 'vitest';
import { groupsOf } from './groups.ts';

const OPENED = Date.parse('2026-11-24T08:00:00.000Z');
const message = (seq: number, content = 'The fleece is in the tunnel.', minutes = -1) => ({
  ...{ id: `m${seq}`, seq, content },
  createdAt: new Date(OPENED + minutes * 60_000).toISOString(),
});

it('groups messages in the same way, whatever else is loaded', () => {
  const all = Array.from({ length: 450 }, (_, at) => message(at));
  const [first = [], second = [], third = []] = groupsOf(all, OPENED);
  expect([first.length, second.length, third.length]).toEqual([200, 200, 50]);
  expect(groupsOf(all.slice(150), OPENED).slice(1)).toEqual([second, third]);
});

it('leaves out what was deleted, and what arrived since without the address of a task', () => {
  const address = 'See https://atrium.example/tasks/01997a3e-0000-7000-8000-000000000001, please.';
  const later = [
    message(4, 'Done', 1),
    message(5, address, 1),
    { ...message(6), deletedAt: '2026-11-24T08:01:00.000Z' },
  ];
  expect(groupsOf([message(3), ...later], OPENED)).toEqual([['m3', 'm5']]);
  expect(groupsOf([message(3), ...later], OPENED + 3_600_000)).toEqual([['m3', 'm4', 'm5']]);
});
