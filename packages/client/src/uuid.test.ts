import { id } from '@atrium/protocol';
import { expect, it } from 'vitest';
import { randomId } from './uuid.ts';

it('makes ids that the contract takes, never the same twice', () => {
  const ids = Array.from({ length: 1_000 }, randomId);
  for (const each of ids) expect(id.parse(each)).toBe(each);
  expect(new Set(ids).size).toBe(1_000);
});
