import { problem } from '../problem/index.ts';

const KEY_LENGTH = 200;

/**
 * The idempotency key of a call, if it has one.
 * @param path where it was given, for the refusal
 */
export function readKey(key: unknown, path: string): string | undefined {
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key.length > 0 && key.length <= KEY_LENGTH) return key;
  throw problem('invalid_input', {
    errors: [{ path, code: 'too_big', message: `must have 1 to ${KEY_LENGTH} characters` }],
  });
}
