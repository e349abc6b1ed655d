import type { IncomingHttpHeaders } from 'node:http';
import type { RequestInfo } from '../transact/index.ts';

/** So much of what a program calls itself is kept. */
const AGENT_LENGTH = 400;

/** What a program calls itself, cut to a bounded length; '' when it does not say. */
export function userAgentOf(headers: IncomingHttpHeaders): string {
  return String(headers['user-agent'] ?? '').slice(0, AGENT_LENGTH);
}

/** Where a call by HTTP came from. */
export function restRequestInfo(request: { id: string; ip: string; headers: IncomingHttpHeaders }): RequestInfo {
  return { id: request.id, ip: request.ip, userAgent: userAgentOf(request.headers), transport: 'rest' };
}
