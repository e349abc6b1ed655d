import {
  operation,
  operationGroup,
  type ProviderId,
  providerId,
  reportedRegion,
  returnPath,
  type SignInError,
} from '@atrium/protocol';
import { z } from 'zod';
import type { Clock } from '../../../platform/clock/index.ts';
import type { Limiter } from '../../../platform/limits/index.ts';
import type { Log } from '../../../platform/log/index.ts';
import {
  type CommandContext,
  type Implementation,
  preparedCommand,
  problem,
  read,
} from '../../../platform/module/index.ts';
import { recordAudit } from '../audit/store.ts';
import type { Keyring } from '../keys/keyring.ts';
import type { AccountRow } from '../rows/account-store.ts';
import { handOver } from '../sessions/issue.ts';
import { openSession } from '../sessions/open.ts';
import { openChallenge } from '../two-factor/challenge.ts';
import { readAnswer } from './answer.ts';
import { type Attempt, type LinkTicket, openAttempt, openLinkTicket, sealAttempt } from './attempt.ts';
import type { Profile } from './claims.ts';
import { createDestinations } from './destinations.ts';
import { finishLink } from './link.ts';
import type { Provider } from './provider.ts';
import { type ResolveAccountDeps, resolveAccount } from './resolve-account.ts';

const answer = z.object({ location: z.string(), cookie: z.string().optional() });

/** The two browser redirects of signing in through a provider. */
const oidc = operationGroup('oidc', {
  begin: operation({
    summary: 'Redirect to a sign-in provider',
    method: 'GET',
    path: '/auth/oidc/:provider',
    access: 'public',
    limit: 'public',
    input: z.strictObject({
      provider: z.string().max(32),
      returnTo: returnPath.default('/'),
      remember: z.boolean().default(false),
      link: z.string().max(4096).optional(),
      ...reportedRegion.shape,
    }),
    output: answer,
  }),
  finish: operation({
    summary: 'Return from a sign-in provider',
    method: 'GET',
    path: '/auth/oidc/:provider/callback',
    access: 'public',
    limit: 'public',
    input: z.strictObject({
      provider: z.string().max(32),
      search: z.string().max(16_384),
      cookie: z.string().max(4096).optional(),
    }),
    output: answer,
    secret: true,
  }),
});

/** Dependencies of the provider redirects. */
export interface RedirectDeps extends ResolveAccountDeps {
  providers: ReadonlyMap<ProviderId, Provider>;
  keyring: Keyring;
  limiter: Pick<Limiter, 'count'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

/** The outcome of a provider's answer. */
export interface Answered {
  provider: Provider;
  attempt: Attempt | undefined;
  result: Profile | SignInError;
}

type Finish = CommandContext<typeof oidc.finish, Answered>;

/** Implements the redirects to a provider and back. */
export function providerRedirects(deps: RedirectDeps): Implementation[] {
  const { keyring, providers } = deps;
  const destinations = createDestinations(deps.appUrl);

  function providerOf(name: string): Provider {
    const id = providerId.safeParse(name).data;
    const provider = id && providers.get(id);
    if (provider === undefined) throw problem('not_found', 'This instance does not offer this provider');
    return provider;
  }

  return [
    read(oidc.begin, async ({ input, actor, now }) => {
      const provider = providerOf(input.provider);
      let link: LinkTicket | undefined;
      if (input.link !== undefined) {
        link = openLinkTicket(keyring, input.link, now);
        const isTheirs = actor.kind === 'user' && actor.sessionId === link?.sessionId;
        if (link?.provider !== provider.id || !isTheirs) {
          return { location: destinations.failed(`${provider.id}_auth_failed`) };
        }
      }
      try {
        const { url, proof } = await provider.ask();
        const returnTo = link?.returnTo ?? input.returnTo;
        const whose = link && { link: { userId: link.userId, sessionId: link.sessionId } };
        const { locale, remember, timezone } = input;
        const region = { timezone, locale };
        const attempt = { provider: provider.id, ...proof, returnTo, remember, region, ...whose };
        return { location: url, cookie: sealAttempt(keyring, attempt, now) };
      } catch (error) {
        deps.log.warn({ err: error, provider: provider.id }, 'a sign-in provider does not respond');
        const failure = 'provider_unavailable';
        return { location: link ? destinations.linked(link.returnTo, failure) : destinations.failed(failure) };
      }
    }),

    preparedCommand(
      oidc.finish,
      async ({ input, now }): Promise<Answered> => {
        const provider = providerOf(input.provider);
        const attempt = openAttempt(keyring, input.cookie, now);
        return { provider, attempt, result: await readAnswer(deps.log, provider, attempt, input.search) };
      },
      async (context) => {
        const { attempt, provider, result } = context.prepared;
        if (attempt === undefined || typeof result === 'string') {
          const error = typeof result === 'string' ? result : (`${provider.id}_auth_failed` as const);
          await recordFailure(context, error);
          if (attempt?.link !== undefined) return { location: destinations.linked(attempt.returnTo, error) };
          return { location: destinations.failed(error) };
        }
        if (attempt.link !== undefined) {
          const error = await finishLink(deps, context, provider, { profile: result, link: attempt.link });
          if (error !== undefined) await recordFailure(context, error);
          return { location: destinations.linked(attempt.returnTo, error) };
        }
        const account = await resolveAccount(deps, context, provider, { profile: result, region: attempt.region });
        if (typeof account === 'string') {
          await recordFailure(context, account);
          return { location: destinations.failed(account) };
        }
        return { location: await signIn(context, attempt, account) };
      },
    ),
  ];

  /** Opens a session, or a challenge if the account has two-factor authentication: the provider replaces the password. */
  async function signIn(context: Finish, attempt: Attempt, account: AccountRow): Promise<string> {
    const { remember, returnTo } = attempt;
    const challenge = await openChallenge(deps, context, account, { transport: 'cookie', remember });
    if (challenge !== undefined) return destinations.challenged(challenge, returnTo);
    const issued = await openSession(context, keyring, account, remember, { provider: attempt.provider });
    handOver(issued, 'cookie', context.cookies);
    return destinations.signedIn(returnTo);
  }
}

async function recordFailure(context: Finish, error: SignInError): Promise<void> {
  const details = { provider: context.prepared.provider.id, error };
  await recordAudit(context.tx, context, { kind: 'sign_in_failed', actorId: null, targetId: null, details });
}
