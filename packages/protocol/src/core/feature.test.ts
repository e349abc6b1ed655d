import { expect, it } from 'vitest';
import { feature, merge } from './feature.ts';

const gone = { status: 410, title: 'Gone' };

it('merges what features declare, in their order', () => {
  const features = [
    feature({ problems: { b: gone } }),
    feature({ sizes: { name: 5 } }),
    feature({ problems: { a: gone } }),
  ] as const;
  expect(Object.keys(merge(features, 'problems'))).toEqual(['b', 'a']);
  expect(merge(features, 'events')).toEqual({});
});

it('rejects the same name from two features', () => {
  const features = [feature({ problems: { a: gone } }), feature({ problems: { a: gone } })] as const;
  expect(() => merge(features, 'problems')).toThrow('Two features declare problems.a');
});
