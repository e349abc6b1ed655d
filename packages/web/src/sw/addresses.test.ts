import { expect, it } from 'vitest';
import { isPageAddress } from './addresses.ts';

it.each([
  ['/', true],
  ['/today', true],
  ['/c/0199-whatever', true],
  ['/admin/overview', true],
  ['/documents', true],
  ['/docs', false],
  ['/docs/live', false],
  ['/api/v1/auth/oidc/google', false],
  ['/mailbox', false],
  ['/admin/queues', false],
  ['/openapi.json', false],
  ['/favicon.ico', false],
])('%s: %s', (path, expected) => {
  expect(isPageAddress(path)).toBe(expected);
});
