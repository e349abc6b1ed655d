import { providerId, reportedRegion, returnPath } from '@atrium/protocol';
import { z } from 'zod';
import type { Keyring } from '../keys/keyring.ts';

/** How long a person may take at the provider, in seconds. */
export const ATTEMPT_SECONDS = 600;
/** How long a link ticket is valid, in seconds. */
const LINK_SECONDS = 300;

const whose = z.object({ userId: z.string(), sessionId: z.string() });
/** The account and session that want to link an identity. */
export type Linking = z.infer<typeof whose>;

const attempt = z.object({
  provider: providerId,
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: returnPath,
  remember: z.boolean(),
  /** For a new account. Attempts that an earlier version sealed are without it. */
  region: reportedRegion.default({}),
  /** Set if the identity is to be linked to an account that is signed in. */
  link: whose.optional(),
  /** ms since 1970 */
  until: z.number(),
});

/** What a browser keeps, sealed, while the person is at the provider. */
export type Attempt = z.infer<typeof attempt>;

const linkTicket = whose.extend({ provider: providerId, returnTo: returnPath, until: z.number() });
/** Permits one session to link an account at one provider. */
export type LinkTicket = z.infer<typeof linkTicket>;

type Keys = Pick<Keyring, 'seal' | 'unseal'>;

const ATTEMPT_CONTEXT = ['sign-in attempt'];
const LINK_CONTEXT = ['link ticket'];

/** Seals an attempt, so that the browser can neither read nor change it. */
export function sealAttempt(keys: Keys, value: Omit<Attempt, 'until'>, now: Date): string {
  return close(keys, ATTEMPT_CONTEXT, { ...value, until: now.getTime() + ATTEMPT_SECONDS * 1000 });
}

/** @returns undefined if it was not sealed here, or is too old */
export function openAttempt(keys: Keys, sealed: string | undefined, now: Date): Attempt | undefined {
  return unlessLate(attempt.safeParse(open(keys, ATTEMPT_CONTEXT, sealed)).data, now);
}

/** Seals a ticket. */
export function sealLinkTicket(keys: Keys, value: Omit<LinkTicket, 'until'>, now: Date): string {
  return close(keys, LINK_CONTEXT, { ...value, until: now.getTime() + LINK_SECONDS * 1000 });
}

/** @returns undefined if it was not sealed here, or is too old */
export function openLinkTicket(keys: Keys, sealed: string | undefined, now: Date): LinkTicket | undefined {
  return unlessLate(linkTicket.safeParse(open(keys, LINK_CONTEXT, sealed)).data, now);
}

function close(keys: Keys, context: readonly string[], value: unknown): string {
  return keys.seal(context, Buffer.from(JSON.stringify(value))).toString('base64url');
}

function open(keys: Keys, context: readonly string[], sealed: string | undefined): unknown {
  if (sealed === undefined || sealed === '') return undefined;
  try {
    return JSON.parse(keys.unseal(context, Buffer.from(sealed, 'base64url')).toString());
  } catch {
    return undefined;
  }
}

function unlessLate<Value extends { until: number }>(value: Value | undefined, now: Date): Value | undefined {
  return value !== undefined && now.getTime() < value.until ? value : undefined;
}
