import { type CallerHold, problem } from '../../../platform/module/index.ts';
import { holdAccount } from '../rows/account-store.ts';
import { hasToken } from '../rows/token-store.ts';
import { hasSessionEnded } from './store.ts';

/**
 * Whatever ends a session or a token, or disables an account, locks the account first, so that it waits for the commands
 * of that person or is waited for. What ended is looked up behind the lock: the same statement would see what was before.
 */
export const holdCaller: CallerHold = async (tx, { userId, sessionId, scopes }) => {
  const account = await holdAccount(tx, userId);
  if (account === undefined || account.disabled_at !== null) throw problem('invalid_token');
  const hasEnded = scopes === undefined ? await hasSessionEnded(tx, sessionId) : !(await hasToken(tx, sessionId));
  if (hasEnded) throw problem('invalid_token');
};
