import { expect, test } from 'vitest';
import { AtriumError } from '../error.ts';
import { WatchedRooms } from './watched-rooms.ts';

function setUp(fails?: Error) {
  const calls: string[] = [];
  const errors: unknown[] = [];
  const call = (verb: string) => async (room: string) => {
    calls.push(`${verb} ${room}`);
    if (fails) throw fails;
  };
  const watched = new WatchedRooms({
    join: call('join'),
    leave: call('leave'),
    onError: (error) => errors.push(error),
  });
  return { calls, errors, watched };
}

test('a room is joined once, however many watch it, and left after the last', () => {
  const { calls, watched } = setUp();
  const [first, second] = [watched.watch('a', true), watched.watch('a', true)];
  first();
  first();
  expect(calls).toEqual(['join a']);
  second();
  expect(calls).toEqual(['join a', 'leave a']);
});

test('every new connection joins the watched rooms', () => {
  const { calls, watched } = setUp();
  watched.watch('a', false);
  const stop = watched.watch('b', false);
  expect(calls).toEqual([]);
  watched.connected();
  stop();
  watched.connected();
  expect(calls).toEqual(['join a', 'join b', 'leave b', 'join a']);
});

test('a refusal is reported as an error, a lost connection is not', async () => {
  const refused = setUp(new AtriumError('not_found', 'Not found'));
  refused.watched.watch('a', true);
  await Promise.resolve();
  await Promise.resolve();
  expect(refused.errors).toHaveLength(1);
  const lost = setUp(new AtriumError('network', 'The connection broke'));
  lost.watched.watch('a', true);
  await Promise.resolve();
  await Promise.resolve();
  expect(lost.errors).toEqual([]);
});
