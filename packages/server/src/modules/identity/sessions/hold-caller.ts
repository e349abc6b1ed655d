import type { Transaction } from '../../../platform/database/index.ts';
import { type CallerHold, problem, type UserActor } from '../../../platform/module/index.ts';
import { holdActiveAccounts } from '../rows/account-store.ts';
import { tokensAmong } from '../rows/token-store.ts';
import { endedAmong } from './store.ts';

/**
 * Keeps the accounts of callers, and their sessions or tokens, valid until the transaction ends. Every change that ends
 * a session or token, or disables an account, locks the account first, so it waits for the commands of that person or
 * they wait for it. What has ended is looked up behind the lock: the same statement would see the earlier state.
 * @returns the callers who are still signed in
 */
export async function holdCallers(tx: Transaction, callers: readonly UserActor[]): Promise<Set<UserActor>> {
  const accounts = await holdActiveAccounts(tx, [...new Set(callers.map(({ userId }) => userId))]);
  const [programs, people] = [callers.filter(({ scopes }) => scopes), callers.filter(({ scopes }) => !scopes)];
  const ended = await endedAmong(tx, idsOf(people));
  const tokens = await tokensAmong(tx, idsOf(programs));
  return new Set(
    callers.filter(
      ({ userId, sessionId, scopes }) =>
        accounts.has(userId) && (scopes === undefined ? !ended.has(sessionId) : tokens.has(sessionId)),
    ),
  );
}

const idsOf = (callers: readonly UserActor[]) => [...new Set(callers.map(({ sessionId }) => sessionId))];

/** The same for one caller, who is refused otherwise. */
export const holdCaller: CallerHold = async (tx, actor) => {
  if (!(await holdCallers(tx, [actor])).has(actor)) throw problem('invalid_token');
};
