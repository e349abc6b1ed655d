import { auth } from '@atrium/protocol';
import { command, type Implementation, problem } from '../../../platform/module/index.ts';
import { handOver } from './issue.ts';
import { type RefreshDeps, tradeRefreshToken } from './refresh.ts';

/** `auth.refresh`: a token in the body is answered in the body, a token in a cookie by cookies. */
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
