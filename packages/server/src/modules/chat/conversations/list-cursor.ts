import { validate } from 'uuid';
import { keyset } from '../../../platform/module/index.ts';
import type { ListPosition } from '../view/overview-store.ts';

/** The pages of a list of conversations, latest active first. */
export const conversationPages = keyset(
  ['number', 'string'],
  (activeAt, id) => (Number.isSafeInteger(activeAt) && validate(id) ? { activeAt, id } : undefined),
  ({ activeAt, id }: ListPosition) => [activeAt, id],
);
