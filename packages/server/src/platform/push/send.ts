import webPush from 'web-push';
import { type OutboundAnswer, post, refusalOf, waitOf } from '../outbound/index.ts';

/** The endpoint of a device, and its keys in base64url. */
export interface PushTarget {
  endpoint: string;
  p256dh: string;
  auth: string;
}

export interface PushMessage {
  payload: string;
  /** Up to 32 characters of base64url: a message replaces an undelivered one with the same topic. */
  topic: string;
  /** How long the service keeps it for a device that is offline. */
  ttlSeconds: number;
  urgency: 'normal' | 'high';
}

/** Our identity for push services. */
export interface PushSender {
  subject: string;
  publicKey: string;
  privateKey: string;
}

/** The outcome of a message. `gone`: the device no longer exists. */
export type PushResult =
  | { state: 'sent' }
  | { state: 'gone' }
  | { state: 'retry'; reason: string; afterMs?: number }
  | { state: 'failed'; reason: string };

const MAX_REASON_LENGTH = 300;

function resultOf({ body, retryAfter, status }: OutboundAnswer, now: Date): PushResult {
  if (status >= 200 && status < 300) return { state: 'sent' };
  if (status === 404 || status === 410) return { state: 'gone' };
  const reason = `${status} ${body.replace(/\s+/g, ' ').trim()}`.slice(0, MAX_REASON_LENGTH).trim();
  const afterMs = waitOf(retryAfter, now);
  if (status === 429 || status >= 500) return { state: 'retry', reason, ...(afterMs !== undefined && { afterMs }) };
  // Our key, subject or message is refused: the device is kept.
  return { state: 'failed', reason };
}

/**
 * Sends a message to one device, encrypted for it (RFC 8291). Redirects are not followed.
 * @param allowed see refusalOf
 */
export async function sendPush(
  target: PushTarget,
  message: PushMessage,
  {
    allowed,
    now,
    sender,
    signal,
  }: { allowed: ReadonlySet<string>; now: Date; sender: PushSender; signal: AbortSignal },
): Promise<PushResult> {
  const refusal = refusalOf(target.endpoint, allowed);
  if (refusal !== undefined) return { state: 'failed', reason: `The endpoint ${refusal}.` };
  try {
    const { endpoint, p256dh, auth } = target;
    const details = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, message.payload, {
      vapidDetails: sender,
      TTL: message.ttlSeconds,
      topic: message.topic,
      urgency: message.urgency,
      contentEncoding: 'aes128gcm',
    });
    const headers = details.headers as Record<string, string | number>;
    return resultOf(await post(new URL(endpoint), { body: details.body as Buffer, headers, allowed, signal }), now);
  } catch (error) {
    return { state: 'retry', reason: error instanceof Error ? error.message : String(error) };
  }
}
