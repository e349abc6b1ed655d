import { createHmac, randomBytes } from 'node:crypto';
import type { Keyring } from '../identity/index.ts';

const PREFIX = 'whsec_';
const BYTES = 32;

/** The purpose of an endpoint's encrypted secret. */
export const secretContext = (endpointId: string) => ['webhook endpoint', endpointId];

/** Generates the signing key of an endpoint. */
export function newSecret(keyring: Pick<Keyring, 'seal'>, endpointId: string): { secret: string; sealed: Buffer } {
  const key = randomBytes(BYTES);
  return { secret: PREFIX + key.toString('base64'), sealed: keyring.seal(secretContext(endpointId), key) };
}

/**
 * The headers of Standard Webhooks for exactly these bytes. Each key adds a signature; receivers accept any of them.
 */
export function signedHeaders(
  keys: readonly Buffer[],
  { id, body, at }: { id: string; body: string; at: Date },
): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1_000).toString();
  const signatures = keys.map(
    (key) => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
  );
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
