import { id } from '@atrium/protocol';
import { expect, it } from 'vitest';
import { randomId } from './uuid.ts';

it('creates ids that the contract accepts, each different', () => {
  const ids = Array.from({ length: 1_000 }, randomId);
  for (const each of ids) expect(id.parse(each)).toBe(each);
  expect(new Set(ids).size).toBe(1_000);
});
