import { expect, test } from 'vitest';
import { adminWorkspaceCanOf } from './policy.ts';

test.each([
  [false, { delete: true }],
  [true, { delete: false }],
])('with a workspace that is personal (%s) one may %j', (personal, can) => {
  expect(adminWorkspaceCanOf({ personal })).toEqual(can);
});
