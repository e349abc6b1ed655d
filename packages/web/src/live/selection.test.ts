import { expect, it, vi } from 'vitest';
import { selectFrom } from './selection.ts';

interface State {
  people: Record<string, string>;
  typing: readonly string[];
  me: string | undefined;
}

const state: State = { people: { ann: 'Ann' }, typing: [], me: 'ann' };
const nameOfMine = (of: State) => (of.me === undefined ? undefined : of.people[of.me]);

it('does not run a selector again when only parts that it did not read have changed', () => {
  const select = vi.fn(nameOfMine);
  const first = selectFrom(state, select, Object.is);
  const second = selectFrom({ ...state, typing: ['ben'] }, select, Object.is, first);
  expect(second).toMatchObject({ value: 'Ann', state: { typing: ['ben'] } });
  expect(select).toHaveBeenCalledTimes(1);
  expect(selectFrom({ ...state, people: { ann: 'Anna' } }, select, Object.is, second).value).toBe('Anna');
});

it('follows the parts that the last run read', () => {
  const signedOut: State = { ...state, me: undefined };
  const without = selectFrom(signedOut, nameOfMine, Object.is);
  expect(without).toMatchObject({ value: undefined, parts: ['me'] });
  const signedIn = selectFrom(state, nameOfMine, Object.is, without);
  expect(signedIn).toMatchObject({ value: 'Ann', parts: ['me', 'people'] });
});

it('counts all parts when a function looks through them', () => {
  expect(selectFrom(state, (all) => Object.values(all).length, Object.is).parts).toEqual(['people', 'typing', 'me']);
});

it('counts a part of which only the presence is asked', () => {
  expect(selectFrom<Partial<State>, boolean>(state, (of) => 'me' in of, Object.is)).toMatchObject({
    parts: ['me'],
    value: true,
  });
});

it('keeps the older of two equal results', () => {
  const names = ({ people }: State) => Object.values(people);
  const same = (one: string[], other: string[]) => one.join() === other.join();
  const first = selectFrom(state, names, same);
  expect(selectFrom({ ...state, people: { ann: 'Ann' } }, names, same, first).value).toBe(first.value);
});

it('runs another selector on the same state', () => {
  const first = selectFrom<State, string | undefined>(state, nameOfMine, Object.is);
  expect(selectFrom<State, string | undefined>(state, ({ me }) => me, Object.is, first).value).toBe('ann');
});

it('refuses a selector that returns the whole state', () => {
  expect(() => selectFrom<State, State>(state, (all) => all, Object.is)).toThrow('whole state');
});
