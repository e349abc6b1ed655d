import type { Keyring } from '../../identity/index.ts';

/** Which bytes of a file a link is for. */
export type Variant = 'file' | 'thumbnail';

/** What a link names: one file, one person, and until when. */
export interface Link {
  attachmentId: string;
  variant: Variant;
  userId: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

type Sealing = Pick<Keyring, 'seal' | 'unseal'>;

/** Of a file, so that the token of one is of no use for another. */
const contextOf = (attachmentId: string, variant: Variant) => ['attachment link', attachmentId, variant] as const;

/** The token of a link. Nothing is stored for it. */
export function linkToken(keyring: Sealing, { attachmentId, variant, userId, expiresAt }: Link): string {
  const content = Buffer.from(JSON.stringify([userId, expiresAt]));
  return keyring.seal(contextOf(attachmentId, variant), content).toString('base64url');
}

/** Whose link it is; undefined if it is none, of something else, or has expired. */
export function ownerOfLink(
  keyring: Sealing,
  { attachmentId, variant, token }: { attachmentId: string; variant: Variant; token: string },
  now: Date,
): string | undefined {
  try {
    const content = keyring.unseal(contextOf(attachmentId, variant), Buffer.from(token, 'base64url')).toString();
    const [userId, expiresAt] = JSON.parse(content) as [string, number];
    return now.getTime() < expiresAt ? userId : undefined;
  } catch {
    return undefined;
  }
}
