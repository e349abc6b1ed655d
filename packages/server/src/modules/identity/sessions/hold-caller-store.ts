import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import type { UserActor } from '../../../platform/module/index.ts';

/** The arguments of the SQL function `hold_callers`, one array each: accounts, credentials, whether each is a token. */
export function callerArrays(
  callers: Iterable<UserActor | undefined>,
): [accounts: string[], credentials: string[], areTokens: boolean[]] {
  const distinct = new Map<string, UserActor>();
  for (const caller of callers) if (caller !== undefined) distinct.set(caller.sessionId, caller);
  const all = [...distinct.values()];
  return [
    all.map(({ userId }) => userId),
    all.map(({ sessionId }) => sessionId),
    all.map(({ scopes }) => scopes !== undefined),
  ];
}

/**
 * Keeps callers signed in until the transaction ends.
 * @param options.waits whether to wait for locked accounts; otherwise their callers are refused
 * @returns the ids of the sessions and tokens that are refused
 */
export async function refusedCredentials(
  tx: Transaction,
  callers: Iterable<UserActor | undefined>,
  { waits }: { waits: boolean },
): Promise<Set<string>> {
  const [accounts, credentials, areTokens] = callerArrays(callers);
  if (accounts.length === 0) return new Set();
  const { rows } = await sql<{ credential: string }>`
    select credential
    from hold_callers(${accounts}::uuid[], ${credentials}::uuid[], ${areTokens}::boolean[], ${waits}) as credential
  `.execute(tx);
  return new Set(rows.map(({ credential }) => credential));
}
