import { externalEventTypes, type WebhookEndpoint } from '@atrium/protocol';
import { expect, it } from 'vitest';
import { curlLine, EVENT_GROUPS, momentOf, stateOf, typesOf } from './model.ts';

it('offers every type of event in one group', () => {
  expect(EVENT_GROUPS.flatMap(typesOf).sort()).toEqual([...externalEventTypes].sort());
});

const fine = { enabled: true, disabledBecause: null, failingSince: null, lag: { events: 0, oldestAt: null } };
it.each([
  [{}, 'working'],
  [{ lag: { events: 3, oldestAt: null } }, 'waiting'],
  [{ failingSince: '2026-11-29T12:00:00.000Z', lag: { events: 3, oldestAt: null } }, 'retrying'],
  [{ enabled: false }, 'off'],
  [{ enabled: false, disabledBecause: 'gone' }, 'gone'],
  [{ enabled: false, disabledBecause: 'failing', failingSince: '2026-11-29T12:00:00.000Z' }, 'failing'],
] as const)('an endpoint with %j is %s', (part, state) => {
  expect(stateOf({ ...fine, ...part } as WebhookEndpoint)).toBe(state);
});

it.each([
  ['', undefined],
  [undefined, undefined],
  ['2026-11-29T12:30', '2026-11-29T11:30:00.000Z'],
])('takes %j for the moment %j', (local, at) => {
  expect(momentOf(local, 'Europe/Vienna')).toBe(at);
});

it('quotes the text of a command for the shell', () => {
  expect(curlLine('https://example.org/x', "it's")).toBe(
    `curl -H 'content-type: application/json' -d '{"text":"it'\\''s"}' 'https://example.org/x'`,
  );
});
