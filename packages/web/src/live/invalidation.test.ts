import { type EventType, events, isCommand, isDurable, operations } from '@atrium/protocol';
import { expect, it } from 'vitest';
import { invalidations } from './invalidation.ts';

it('has a line for every durable event, and no other', () => {
  const durable = Object.keys(events).filter((type) => isDurable(type as EventType));
  expect(Object.keys(invalidations).sort()).toEqual(durable.sort());
});

it('names only operations that read', () => {
  const reading = new Set(operations.filter((each) => !isCommand(each)).map(({ name }) => name));
  expect(Object.values(invalidations).flatMap((names) => names.filter((name) => !reading.has(name)))).toEqual([]);
});
