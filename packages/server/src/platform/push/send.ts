import http from 'node:http';
import https from 'node:https';
import webPush from 'web-push';
import { guardedLookup, refusalOf } from './address-guard.ts';

/** Where a device is reached, and its keys in base64url. */
export interface PushTarget {
  endpoint: string;
  p256dh: string;
  auth: string;
}

export interface PushMessage {
  payload: string;
  /** Up to 32 characters of base64url: a message takes the place of an undelivered one with the same topic. */
  topic: string;
  /** How long the service keeps it for a device that is away. */
  ttlSeconds: number;
  urgency: 'normal' | 'high';
}

/** How we are known to push services. */
export interface PushSender {
  subject: string;
  publicKey: string;
  privateKey: string;
}

/** What became of a message. `gone`: the device does not exist any more. */
export type PushResult =
  | { state: 'sent' }
  | { state: 'gone' }
  | { state: 'retry'; reason: string; afterMs?: number }
  | { state: 'failed'; reason: string };

const MAX_REASON_LENGTH = 300;
const MAX_ANSWER_BYTES = 4_096;
const LONGEST_WAIT_MS = 86_400_000;

interface Answered {
  status: number;
  retryAfter: string | undefined;
  body: string;
}

function post(
  target: URL,
  { body, headers }: { body: Buffer; headers: Record<string, string | number> },
  allowed: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Answered> {
  const { request } = target.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const lookup = guardedLookup(target, allowed);
    const outgoing = request(target, { method: 'POST', headers, lookup, signal }, (answer) => {
      const parts: Buffer[] = [];
      let length = 0;
      const end = () =>
        resolve({
          status: answer.statusCode ?? 0,
          retryAfter: answer.headers['retry-after'],
          body: Buffer.concat(parts).subarray(0, MAX_ANSWER_BYTES).toString(),
        });
      answer.on('data', (part: Buffer) => {
        parts.push(part);
        length += part.length;
        // Nobody needs the rest of it.
        if (length > MAX_ANSWER_BYTES) answer.destroy();
      });
      answer.on('close', end);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Reads Retry-After: seconds or a date. */
function waitOf(retryAfter: string | undefined, now: Date): number | undefined {
  if (retryAfter === undefined) return undefined;
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_WAIT_MS);
}

function resultOf({ body, retryAfter, status }: Answered, now: Date): PushResult {
  if (status >= 200 && status < 300) return { state: 'sent' };
  if (status === 404 || status === 410) return { state: 'gone' };
  const reason = `${status} ${body.replace(/\s+/g, ' ').trim()}`.slice(0, MAX_REASON_LENGTH).trim();
  const afterMs = waitOf(retryAfter, now);
  if (status === 429 || status >= 500) return { state: 'retry', reason, ...(afterMs !== undefined && { afterMs }) };
  // Our key or subject is refused, or the message: the device is not to blame, and stays.
  return { state: 'failed', reason };
}

/**
 * Sends a message to one device, encrypted for it alone (RFC 8291). Redirects are not followed.
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
    return resultOf(await post(new URL(endpoint), { body: details.body as Buffer, headers }, allowed, signal), now);
  } catch (error) {
    return { state: 'retry', reason: error instanceof Error ? error.message : String(error) };
  }
}
