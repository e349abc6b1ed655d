import { type Notification, type NotificationPreferences, notificationTypes } from '@atrium/protocol';
import { expect, it } from 'vitest';
import {
  aboutOf,
  byDay,
  levelAt,
  notificationsAddress,
  readNotificationFilters,
  TYPES,
  targetOf,
  weekdaysFrom,
  withChanges,
} from './model.ts';

it('shows every type there is', () => {
  expect([...TYPES].sort()).toEqual([...notificationTypes].sort());
});

it.each([
  [{}, '/inbox/notifications'],
  [{ type: 'task' }, '/inbox/notifications?type=task'],
  [{ type: 'task', unread: true }, '/inbox/notifications?type=task&unread=true'],
  [{ type: 'weather', unread: 'no' }, '/inbox/notifications'],
])('reads %o as what is at %s', (search, address) => {
  expect(notificationsAddress(readNotificationFilters(search))).toBe(address);
});

it.each([
  [{ link: '/c/1?at=5', taskId: null, conversationId: '1' }, '/c/1?at=5'],
  [{ link: null, taskId: '2', conversationId: '1' }, '/tasks/2'],
  [{ link: null, taskId: null, conversationId: '1' }, '/c/1'],
  [{ link: null, taskId: null, conversationId: null }, undefined],
  [{ link: '//elsewhere.example', taskId: null, conversationId: null }, undefined],
  [{ link: 'https://elsewhere.example', taskId: '2', conversationId: null }, '/tasks/2'],
])('%o leads to %s', (notification, address) => {
  expect(targetOf(notification)).toBe(address);
});

it('groups by the day of the latest event', () => {
  const at = (id: string, updatedAt: string) => ({ id, updatedAt }) as Notification;
  const all = [at('c', '2026-11-26T09:00:00Z'), at('b', '2026-11-26T08:00:00Z'), at('a', '2026-11-25T23:00:00Z')];
  expect(byDay(all, (when) => when.slice(0, 10)).map(({ day, items }) => [day, items.map(({ id }) => id)])).toEqual([
    ['2026-11-26', ['c', 'b']],
    ['2026-11-25', ['a']],
  ]);
});

it.each([
  ['task_completed', 'Ann completed: Order twine: two rolls', 'Order twine: two rolls'],
  ['message', 'Look: it grows', 'Look: it grows'],
  ['task_assigned', 'Order twine', 'Order twine'],
] as const)('of %s, %s is about %s', (cause, body, about) => {
  expect(aboutOf({ cause, body })).toBe(about);
});

it('begins the week where the person does', () => {
  expect(weekdaysFrom(1)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(weekdaysFrom(7)).toEqual([7, 1, 2, 3, 4, 5, 6]);
});

it('changes only what is said of the preferences', () => {
  const off = { app: false, mail: false, push: false };
  const before: NotificationPreferences = {
    channels: Object.fromEntries(TYPES.map((type) => [type, off])) as NotificationPreferences['channels'],
    digest: { mode: 'off', time: '08:00' },
    hourlyCap: 30,
    quietHours: { enabled: false, from: '21:00', to: '07:00', days: [1] },
  };
  const changes = { channels: { task: { mail: true } }, quietHours: { enabled: true } };
  expect(withChanges(before, changes)).toEqual({
    ...before,
    channels: { ...before.channels, task: { ...off, mail: true } },
    quietHours: { ...before.quietHours, enabled: true },
  });
});

it.each([
  [undefined, null],
  [{ conversationId: 'c', level: 'nothing', until: null }, 'nothing'],
  [{ conversationId: 'c', level: 'nothing', until: '2026-11-26T10:00:01Z' }, 'nothing'],
  [{ conversationId: 'c', level: 'nothing', until: '2026-11-26T10:00:00Z' }, null],
] as const)('holds the choice for a conversation until it ends: %o', (choice, level) => {
  expect(levelAt(choice, Date.parse('2026-11-26T10:00:00Z'))).toBe(level);
});
