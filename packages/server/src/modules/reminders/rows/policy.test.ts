import { expect, it } from 'vitest';
import { isParty, isPosted, isRecipient } from './policy.ts';

it.each([
  // // account, creator, caller: sees it, may complete it
  ['ann', 'ann', 'ann', true, true],
  ['ben', 'ann', 'ben', true, true],
  ['ben', 'ann', 'ann', true, false],
  ['ben', 'ann', 'cat', false, false],
])('a reminder for %s by %s: %s knows it %s, completes it %s', (account_id, created_by, who, knows, completes) => {
  expect(isParty({ account_id, created_by }, who)).toBe(knows);
  expect(isRecipient({ account_id, created_by }, who)).toBe(completes);
});

it.each([
  [null, null, false],
  ['channel', 'message', false],
  ['channel', null, true],
])('with conversation %s and message %s it is posted: %s', (conversation_id, message_id, posted) => {
  expect(isPosted({ conversation_id, message_id })).toBe(posted);
});
