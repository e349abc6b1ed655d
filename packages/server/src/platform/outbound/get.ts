import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { type AllowedHosts, guardedLookup } from './address-guard.ts';

/** The response of an external server, to be read to its end or destroyed. */
export interface OutboundContent {
  status: number;
  content: Readable;
}

/**
 * Requests a URL of an external server, which the caller has checked with refusalOf. The name is resolved once, and the
 * connection uses the checked address. Redirects are not followed.
 */
export function get(
  target: URL,
  { allowed, signal }: { allowed: AllowedHosts; signal: AbortSignal },
): Promise<OutboundContent> {
  const { request } = target.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const outgoing = request(target, { lookup: guardedLookup(target, allowed), signal }, (content) =>
      resolve({ status: content.statusCode ?? 0, content }),
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}
