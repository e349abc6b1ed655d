import { type AllowedHosts, type OutboundAgents, post, refusalOf, waitOf } from '../../platform/outbound/index.ts';
import type { Keyring } from '../identity/index.ts';
import type { AttemptRecord } from './delivery-store.ts';
import { secretContext, signedHeaders } from './secret.ts';
import type { DeliveryRow, EndpointRow } from './tables.ts';

/** How long a server may take to respond. */
export const DEADLINE_MS = 3_000;

export interface AttemptDeps {
  agents: OutboundAgents;
  clock: { now(): Date };
  keyring: Pick<Keyring, 'unseal'>;
  webhookHosts: AllowedHosts;
}

function keysOf(keyring: AttemptDeps['keyring'], endpoint: EndpointRow, now: Date): Buffer[] {
  const { id, secret, old_secret: old, old_secret_until: until } = endpoint;
  const sealed = old !== null && until !== null && until > now ? [secret, old] : [secret];
  return sealed.map((each) => keyring.unseal(secretContext(id), each));
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'AbortError') return `no answer within ${DEADLINE_MS} ms`;
  return error.message || ('code' in error ? String(error.code) : error.name);
}

/**
 * Makes one attempt to post a delivery to its endpoint.
 * @param stopping aborted at shutdown
 */
export async function attempt(
  { agents, clock, keyring, webhookHosts: allowed }: AttemptDeps,
  endpoint: EndpointRow,
  { id, body }: DeliveryRow,
  stopping: AbortSignal,
): Promise<AttemptRecord & { retryAfterMs?: number | undefined }> {
  const refusal = refusalOf(endpoint.url, allowed);
  if (refusal !== undefined) return { status: null, answer: `The URL ${refusal}.`, durationMs: 0 };
  const at = clock.now();
  const bytes = body ?? '';
  const headers = {
    ...signedHeaders(keysOf(keyring, endpoint, at), { id, body: bytes, at }),
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(bytes),
    'user-agent': 'Atrium-Webhooks/1',
  };
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(DEADLINE_MS)]);
  const began = performance.now();
  const durationMs = () => Math.round(performance.now() - began);
  try {
    const answer = await post(new URL(endpoint.url), { body: bytes, headers, allowed, signal, agents });
    const retryAfterMs = waitOf(answer.retryAfter, at);
    return { status: answer.status, answer: answer.body, durationMs: durationMs(), retryAfterMs };
  } catch (error) {
    return { status: null, answer: wordsOf(error), durationMs: durationMs() };
  }
}
