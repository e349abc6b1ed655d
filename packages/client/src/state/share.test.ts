import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shareEqual } from './share.ts';

it('equals the next data, whatever the previous data', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (previous, next) => {
      expect(shareEqual(previous, next)).toEqual(next);
    }),
  );
});

it('is the previous object if the data is equal', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (data) => {
      expect(shareEqual(data, structuredClone(data))).toBe(data);
    }),
  );
});

it('shares the unchanged parts', () => {
  const previous = { people: { ann: { name: 'Ann' }, bob: { name: 'Bob' } }, list: [{ at: 1 }, { at: 2 }] };
  const next = { people: { ann: { name: 'Ann' }, bob: { name: 'Rob' } }, list: [{ at: 1 }, { at: 2 }, { at: 3 }] };
  const shared = shareEqual(previous, next);
  expect(shared).toEqual(next);
  expect(shared.people.ann).toBe(previous.people.ann);
  expect(shared.people.bob).not.toBe(previous.people.bob);
  expect(shared.list[0]).toBe(previous.list[0]);
});

it('distinguishes a missing field from an undefined one, and a list from an object', () => {
  expect(shareEqual<object>({ a: undefined }, { b: undefined })).toStrictEqual({ b: undefined });
  expect(shareEqual<object>([], {})).toEqual({});
});
