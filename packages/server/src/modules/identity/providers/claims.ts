import { email as emailSchema, firstCharacters, isStorableText, line } from '@atrium/protocol';

/** What a provider says of a person. */
export interface Profile {
  issuer: string;
  /** The person there: the only thing that never changes and never goes to another. */
  subject: string;
  /** An address that can be one of ours; undefined: none was given. */
  email: string | undefined;
  /** The provider vouches that the address is the person's. */
  emailVerified: boolean;
  name: string;
}

const MAX_SUBJECT = 255;
const nameSchema = line(2, 100);

type Claims = Readonly<Record<string, unknown>>;

/**
 * What userinfo and the ID token say together; the token wins. Whether an address is verified is taken only from a
 * source that names the same address.
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
 * Reads claims, which come from elsewhere and can be anything.
 * @returns undefined when they do not say who it is
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

/** The first that can be a name here. */
function nameOf(claims: Claims, address: string | undefined): string {
  const candidates = [claims.name, claims.preferred_username, claims.nickname, address?.split('@')[0]];
  for (const candidate of candidates) {
    const name = nameSchema.safeParse(typeof candidate === 'string' ? firstCharacters(candidate, 100) : undefined).data;
    if (name !== undefined) return name;
  }
  return 'Someone new';
}
