import { auth, type Operation } from '@atrium/protocol';
import { type CommandContext, command, type Implementation } from '../../../platform/operations/context.ts';
import { problem } from '../../../platform/operations/problem-error.ts';
import { handOver } from './issue.ts';
import { type RefreshContext, type RefreshDeps, tradeRefreshToken } from './refresh.ts';

/** `auth.refresh`: a token from the body is answered in the body, one from a cookie by cookies. */
export function refreshOperations(deps: RefreshDeps): Implementation[] {
  return [
    command(auth.refresh, async (context) => {
      const { input, request, cookies } = context;
      const token = input.refreshToken ?? request.refreshCookie;
      if (token === undefined) throw problem('invalid_token', 'Send a refresh token');
      const issued = await tradeRefreshToken(deps, context, token);
      return handOver(issued, input.refreshToken === undefined ? 'cookie' : 'token', cookies);
    }),
  ];
}

/**
 * Renews a browser's session whose access cookie has ended, from the refresh cookie of the same request: the same trade
 * as `auth.refresh`, also for parallel requests. Runs inside the transaction of `context` and sets both cookies, which
 * must be sent only after it committed.
 * @returns the new access token, to go on with the request as its owner
 * @throws `invalid_token` when there is no refresh cookie or it is not good; CommittedProblem when it was a spent one
 */
export async function renewFromCookie(
  deps: RefreshDeps,
  context: RefreshContext & Pick<CommandContext<Operation>, 'cookies'>,
): Promise<string> {
  const { refreshCookie } = context.request;
  if (refreshCookie === undefined) throw problem('invalid_token');
  const issued = await tradeRefreshToken(deps, context, refreshCookie);
  context.cookies.set(issued);
  return issued.accessToken;
}
