import type { SignInError } from '@atrium/protocol';
import type { Log } from '../../../platform/log/index.ts';
import type { Attempt } from './attempt.ts';
import type { Profile } from './claims.ts';
import { ProviderUnavailable } from './discovery.ts';
import type { Provider } from './provider.ts';

/** Errors of the provider itself, as opposed to a refusal by the person. */
const TROUBLES = new Set(['temporarily_unavailable', 'server_error']);

/**
 * Reads the answer that the browser brings back: an identity, or an error.
 * @param attempt what this browser asked; undefined if nothing, or too long ago
 * @param search the query of the callback URL
 */
export async function readAnswer(
  log: Log,
  provider: Provider,
  attempt: Attempt | undefined,
  search: string,
): Promise<Profile | SignInError> {
  const failed = `${provider.id}_auth_failed` as const;
  const query = new URLSearchParams(search);
  // First of all: is this the answer to what this browser asked?
  if (attempt?.provider !== provider.id || query.get('state') !== attempt.state) return failed;
  const refusal = query.get('error');
  if (refusal === 'access_denied') return 'provider_cancelled';
  if (refusal !== null) return TROUBLES.has(refusal) ? 'provider_unavailable' : failed;
  try {
    return await provider.redeem(search, attempt);
  } catch (error) {
    log.warn({ reason: reasonOf(error), provider: provider.id }, 'an answer of a provider was not taken');
    return error instanceof ProviderUnavailable ? 'provider_unavailable' : failed;
  }
}

/** The message only: errors of the token exchange contain the answer, which can contain tokens. */
function reasonOf(error: unknown): string {
  const reasons: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) reasons.push(at.message);
  return reasons.join(': ').slice(0, 500);
}
