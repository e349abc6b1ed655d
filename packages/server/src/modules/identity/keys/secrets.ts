import { z } from 'zod';

const signingKey = z.object({
  kid: z.string().min(1).max(64),
  createdAt: z.iso.datetime(),
  /** Since when another key signs. */
  retiredAt: z.iso.datetime().nullable(),
  privateKey: z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), d: z.string() }),
});
export type StoredSigningKey = z.infer<typeof signingKey>;

const secrets = z.object({
  /** The newest first; that one signs. */
  signingKeys: z.array(signingKey).min(1),
  /** Keys the hashes of short codes, which could be guessed from a plain hash. Base64, 32 bytes. */
  codeKey: z.base64().length(44),
});
export type IdentitySecrets = z.infer<typeof secrets>;

/** Reads secrets as they are stored; undefined when they are damaged. */
export function parseSecrets(content: string): IdentitySecrets | undefined {
  return secrets.safeParse(tryParse(content)).data;
}

function tryParse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
