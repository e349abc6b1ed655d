import type { Presence } from '@atrium/protocol';
import { sizes } from '@atrium/protocol/routes';
import { afterEach, expect, it } from 'vitest';
import { uuid } from '../../test/fixtures.ts';
import { until } from '../../test/until.ts';
import { PresenceWatch } from './presence-watch.ts';

let watch: PresenceWatch;
afterEach(() => watch.offline());

function setup() {
  const asked: string[][] = [];
  const told: string[] = [];
  const errors: unknown[] = [];
  const failures: Error[] = [];
  watch = new PresenceWatch({
    async list(userIds) {
      asked.push(userIds);
      const failure = failures.shift();
      if (failure) throw failure;
      return userIds.map((userId): Presence => ({ userId, status: 'online', lastSeen: null, devices: 1 }));
    },
    onPresence: (presences) => told.push(...presences.map(({ userId }) => userId)),
    onError: (error) => errors.push(error),
  });
  return { asked, told, errors, failures };
}

it('requests everyone who is watched with one call, as soon as there is a connection', async () => {
  const { asked, told } = setup();
  watch.watch(['a', 'b']);
  watch.watch(['b', 'c', 'c']);
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(asked).toEqual([]);
  watch.online();
  await until(() => told.length === 3);
  watch.watch(['a', 'd']);
  await until(() => told.length === 4);
  expect(asked).toEqual([['a', 'b', 'c'], ['d']]);
});

it('requests them again after the next connection, if they are still watched', async () => {
  const { asked } = setup();
  watch.online();
  const stop = [watch.watch(['a', 'b']), watch.watch(['b'])];
  await until(() => asked.length === 1);
  watch.offline();
  stop[0]?.();
  stop[0]?.();
  watch.online();
  await until(() => asked.length === 2);
  expect(asked[1]).toEqual(['b']);
});

it('requests no more at once than the server allows, and continues after a failure', async () => {
  const { asked, errors, failures, told } = setup();
  failures.push(new Error('gone'));
  watch.online();
  watch.watch(Array.from({ length: sizes.people + 1 }, (_, at) => uuid(at)));
  await until(() => told.length === 1);
  expect(asked.map((ids) => ids.length)).toEqual([sizes.people, 1]);
  expect(errors).toEqual([new Error('gone')]);
});
