import type { Transaction } from '../../../platform/database/index.ts';
import { type CallerHold, problem, type UserActor } from '../../../platform/module/index.ts';
import { refusedCredentials } from './hold-caller-store.ts';

/**
 * Keeps the accounts of callers, and their sessions or tokens, valid until the transaction ends. Every change that ends
 * a session or token, or disables an account, locks the account first, so it waits for the commands of that person or
 * they wait for it.
 * @returns the callers who are still signed in
 */
export async function holdCallers(tx: Transaction, callers: readonly UserActor[]): Promise<Set<UserActor>> {
  const refused = await refusedCredentials(tx, callers, { waits: true });
  return new Set(callers.filter(({ sessionId }) => !refused.has(sessionId)));
}

/** The same for one caller, who is refused otherwise. */
export const holdCaller: CallerHold = async (tx, actor) => {
  if (!(await holdCallers(tx, [actor])).has(actor)) throw problem('invalid_token');
};
