import type { IncomingHttpHeaders } from 'node:http';
import type { RequestInfo } from '../transact/index.ts';

/** Maximum stored length of a User-Agent. */
const AGENT_LENGTH = 400;

/** The User-Agent, cut to a bounded length; '' if there is none. */
export function userAgentOf(headers: IncomingHttpHeaders): string {
  return String(headers['user-agent'] ?? '').slice(0, AGENT_LENGTH);
}

/** The trace that the caller belongs to (https://www.w3.org/TR/trace-context/), as it was sent. */
export function traceparentOf(headers: IncomingHttpHeaders): string | undefined {
  return headers.traceparent === undefined ? undefined : String(headers.traceparent);
}

/** Where an HTTP call came from. */
export function restRequestInfo(request: { id: string; ip: string; headers: IncomingHttpHeaders }): RequestInfo {
  const { headers, id, ip } = request;
  return { id, ip, userAgent: userAgentOf(headers), transport: 'rest', traceparent: traceparentOf(headers) };
}
