import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shareEqual } from './share.ts';

it('is equal to the next data, whatever was there before', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (previous, next) => {
      expect(shareEqual(previous, next)).toEqual(next);
    }),
  );
});

it('is the previous object where the data is the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (data) => {
      expect(shareEqual(data, structuredClone(data))).toBe(data);
    }),
  );
});

it('shares the parts that did not change', () => {
  const previous = { people: { ann: { name: 'Ann' }, bob: { name: 'Bob' } }, list: [{ at: 1 }, { at: 2 }] };
  const next = { people: { ann: { name: 'Ann' }, bob: { name: 'Rob' } }, list: [{ at: 1 }, { at: 2 }, { at: 3 }] };
  const shared = shareEqual(previous, next);
  expect(shared).toEqual(next);
  expect(shared.people.ann).toBe(previous.people.ann);
  expect(shared.people.bob).not.toBe(previous.people.bob);
  expect(shared.list[0]).toBe(previous.list[0]);
});

it('tells a missing field from one that is undefined, and a list from an object', () => {
  expect(shareEqual<object>({ a: undefined }, { b: undefined })).toStrictEqual({ b: undefined });
  expect(shareEqual<object>([], {})).toEqual({});
});
