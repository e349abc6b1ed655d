import { describe, expect, test } from 'vitest';
import { type DecisionFacts, decide } from './policy.ts';
import { DEFAULT_PREFERENCES, mergedChanges, preferencesWith } from './preferences.ts';

const now = new Date('2026-05-06T12:00:00Z');
const later = new Date('2026-05-07T07:00:00Z');
const facts: DecisionFacts = {
  type: 'mention',
  preferences: DEFAULT_PREFERENCES,
  urgent: false,
  hasAddress: true,
  hasDevice: true,
  doNotDisturb: false,
  recent: 0,
  quietUntil: undefined,
  digestAt: undefined,
  now,
};
const noPush = preferencesWith({ channels: { mention: { push: false } } });
const noApp = preferencesWith({ channels: { mention: { app: false } } });
const level = (name: 'all' | 'mentions' | 'nothing' | undefined, addressed: boolean) => ({
  conversation: { level: name, addressed },
});

describe('decide', () => {
  test.each<[string, Partial<DecisionFacts>, string, string, string]>([
    ['by preference', {}, 'preference', 'preference', 'preference'],
    ['a type without mail', { type: 'task' }, 'preference', 'type_off!', 'preference'],
    ['push is off', { preferences: noPush }, 'preference', 'preference', 'type_off!'],
    ['the list is off', { preferences: noApp }, 'type_off!', 'preference', 'preference'],
    ['no address', { hasAddress: false }, 'preference', 'no_address!', 'preference'],
    ['no device', { hasDevice: false }, 'preference', 'preference', 'no_device!'],
    ['do not disturb', { doNotDisturb: true }, 'preference', 'preference', 'do_not_disturb!'],
    ['quiet', { quietUntil: later }, 'preference', 'quiet_hours', 'quiet_hours'],
    ['quiet, but asked for', { quietUntil: later, urgent: true }, 'preference', 'preference', 'preference'],
    ['over the cap', { recent: 30 }, 'preference', 'hourly_cap!', 'hourly_cap!'],
    ['over the cap, but asked for', { recent: 30, urgent: true }, 'preference', 'preference', 'preference'],
    ['in the digest', { digestAt: later }, 'preference', 'digest', 'preference'],
    [
      'requested by mail',
      { type: 'task', requested: { mail: true, push: false } },
      'preference',
      'requested',
      'not_requested!',
    ],
    ['muted', level('nothing', true), 'conversation_nothing!', 'conversation_nothing!', 'conversation_nothing!'],
    ['mentions only, addressed', level('mentions', true), 'preference', 'preference', 'preference'],
    [
      'mentions only, not addressed',
      level('mentions', false),
      'conversation_mentions_only!',
      'conversation_mentions_only!',
      'conversation_mentions_only!',
    ],
    ['all', level('all', false), 'preference', 'preference', 'preference'],
    ['no choice', level(undefined, false), 'preference', 'preference', 'preference'],
  ])('%s', (_, over, ...expected) => {
    const { app, mail, push } = decide({ ...facts, ...over });
    expect([app, mail, push].map(({ reason, used }) => (used ? reason : `${reason}!`))).toEqual(expected);
  });

  test('time of sending: immediately if requested, otherwise after a delay, at the end of quiet hours', () => {
    const at = (over: Partial<DecisionFacts>) => {
      const { mail, push } = decide({ ...facts, ...over });
      return [mail.at, push.at].map((date) => (date === undefined ? undefined : date.getTime() - now.getTime()));
    };
    expect(at({ urgent: true })).toEqual([0, 0]);
    expect(at({})).toEqual([300_000, 2_000]);
    expect(at({ quietUntil: later })).toEqual([later.getTime() - now.getTime(), later.getTime() - now.getTime()]);
    expect(at({ hasDevice: false, hasAddress: false })).toEqual([undefined, undefined]);
  });
});

test('changes of preferences are merged, and keep the rest', () => {
  const first = mergedChanges({}, { channels: { task: { mail: true } }, quietHours: { enabled: true } });
  const second = mergedChanges(first, {
    channels: { task: { push: false } },
    quietHours: { from: '22:00' },
    hourlyCap: 5,
  });
  const { channels, hourlyCap, quietHours } = preferencesWith(second);
  expect(channels.task).toEqual({ app: true, mail: true, push: false });
  expect(channels.order).toEqual(DEFAULT_PREFERENCES.channels.order);
  expect(quietHours).toEqual({ ...DEFAULT_PREFERENCES.quietHours, enabled: true, from: '22:00' });
  expect(hourlyCap).toBe(5);
});
