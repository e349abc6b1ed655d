import { expect, it } from 'vitest';
import { groupsOf } from './groups.ts';

const ADDRESS = 'See https://atrium.example/tasks/01997a3e-0000-7000-8000-000000000001, please.';
const message = (seq: number, content = 'The fleece is in the tunnel.') => ({ id: `m${seq}`, seq, content });

it('groups messages in the same way, whatever else is loaded', () => {
  const all = Array.from({ length: 450 }, (_, at) => message(at));
  const [first = [], second = [], third = []] = groupsOf(all, 450);
  expect([first.length, second.length, third.length]).toEqual([200, 200, 50]);
  expect(groupsOf(all.slice(150), 450).slice(1)).toEqual([second, third]);
});

it('leaves out what was deleted, and what arrived without the address of a task', () => {
  const all = [message(3), message(4), message(5, ADDRESS), { ...message(6), deletedAt: '2026-11-24T08:01:00.000Z' }];
  expect(groupsOf(all, 4)).toEqual([['m3'], ['m5']]);
  expect(groupsOf(all, Number.POSITIVE_INFINITY)).toEqual([['m3', 'm4'], ['m5']]);
});

it('changes the groups of a message when the address of a task is edited into it', () => {
  expect(groupsOf([message(3), message(4)], 9)).toEqual([['m3', 'm4']]);
  expect(groupsOf([message(3), message(4, ADDRESS)], 9)).toEqual([['m3'], ['m4']]);
});
