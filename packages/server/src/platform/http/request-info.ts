import type { IncomingHttpHeaders } from 'node:http';
import type { RequestInfo } from '../transact/index.ts';

/** Maximum stored length of a User-Agent. */
const AGENT_LENGTH = 400;

/** The User-Agent, cut to a bounded length; '' if there is none. */
export function userAgentOf(headers: IncomingHttpHeaders): string {
  return String(headers['user-agent'] ?? '').slice(0, AGENT_LENGTH);
}

/** Where an HTTP call came from. */
export function restRequestInfo(request: { id: string; ip: string; headers: IncomingHttpHeaders }): RequestInfo {
  return { id: request.id, ip: request.ip, userAgent: userAgentOf(request.headers), transport: 'rest' };
}
