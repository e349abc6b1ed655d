import { expect, it } from 'vitest';
import { type EventType, events, isDurable } from './contract.ts';
import type { EventSpec } from './core/event.ts';

const specs = Object.entries<EventSpec>(events) as [EventType, EventSpec][];

/** Events for one user, for administrators of the instance, or that may be dropped. */
const isInternal = (type: EventType, { on }: EventSpec) =>
  !isDurable(type) || [...on].every((kind) => kind === 'user' || kind === 'admin');

it('each durable event on a shared stream says whether external servers can receive it', () => {
  const silent = specs.filter(([type, spec]) => !isInternal(type, spec) && spec.external === undefined);
  expect(
    silent.map(([type]) => type),
    'write `external` beside `on` where the event is declared',
  ).toEqual([]);
});

it('no event for one person, and no volatile event, is sent to external servers', () => {
  const sent = specs.filter(([type, spec]) => isInternal(type, spec) && spec.external !== undefined);
  expect(sent.map(([type]) => type)).toEqual([]);
});
