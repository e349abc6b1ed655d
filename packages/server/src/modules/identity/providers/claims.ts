import { email as emailSchema, firstCharacters, isStorableText, line } from '@atrium/protocol';

/** What a provider says about a person. */
export interface Profile {
  issuer: string;
  /** The id of the person at the provider: the only claim that never changes and is never reassigned. */
  subject: string;
  /** An address in the format of ours; undefined if none was given. */
  email: string | undefined;
  /** The provider has verified that the address belongs to the person. */
  emailVerified: boolean;
  name: string;
}

const MAX_SUBJECT = 255;
const nameSchema = line(2, 100);

type Claims = Readonly<Record<string, unknown>>;

/**
 * Combines userinfo and the ID token; the token takes precedence. `email_verified` is taken only from a source that has
 * the same address.
 */
export function mergeClaims(userinfo: Claims, token: Claims): Record<string, unknown> {
  const { email_verified, ...others } = userinfo;
  const sameAddress = token.email === undefined || token.email === userinfo.email;
  return { ...others, ...(sameAddress ? { email_verified } : {}), ...token };
}

/** Only `true` counts, and the text `"true"`, which Amazon Cognito sends. */
function isTrue(claim: unknown): boolean {
  return claim === true || claim === 'true';
}

/**
 * Reads claims, which are untrusted.
 * @returns undefined if they do not identify anybody
 */
export function profileOf(issuer: string, claims: Claims): Profile | undefined {
  const { sub, email, email_verified } = claims;
  if (typeof sub !== 'string' || sub === '' || sub.length > MAX_SUBJECT || !isStorableText(sub)) return undefined;
  const address = emailSchema.safeParse(email).data;
  return {
    issuer,
    subject: sub,
    email: address,
    emailVerified: address !== undefined && isTrue(email_verified),
    name: nameOf(claims, address),
  };
}

/** The first claim that is valid as a name here. */
function nameOf(claims: Claims, address: string | undefined): string {
  const candidates = [claims.name, claims.preferred_username, claims.nickname, address?.split('@')[0]];
  for (const candidate of candidates) {
    const name = nameSchema.safeParse(typeof candidate === 'string' ? firstCharacters(candidate, 100) : undefined).data;
    if (name !== undefined) return name;
  }
  return 'Someone new';
}
