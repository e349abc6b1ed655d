import { validate } from 'uuid';
import { decodeCursor, problem } from '../../../platform/module/index.ts';
import type { ListPosition } from '../view/overview-store.ts';

/**
 * Reads the cursor of a list of conversations.
 * @returns where the page before ended
 * @throws `invalid_input` for anything else
 */
export function positionAfter(cursor: string | undefined): ListPosition | undefined {
  if (cursor === undefined) return undefined;
  const [activeAt, id] = decodeCursor(cursor, ['number', 'string']);
  if (Number.isSafeInteger(activeAt) && validate(id)) return { activeAt, id };
  throw problem('invalid_input', {
    errors: [{ path: 'cursor', code: 'invalid_cursor', message: 'is not a cursor of this list' }],
  });
}
