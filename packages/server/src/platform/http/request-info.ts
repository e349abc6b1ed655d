import type { IncomingHttpHeaders } from 'node:http';
import type { RequestInfo } from '../transact/index.ts';

/** Maximum stored length of a User-Agent. */
const AGENT_LENGTH = 400;

/** The User-Agent, truncated; '' if there is none. */
export function userAgentOf(headers: IncomingHttpHeaders): string {
  return String(headers['user-agent'] ?? '').slice(0, AGENT_LENGTH);
}

/** The caller's trace context (https://www.w3.org/TR/trace-context/), as sent. */
export function traceparentOf(headers: IncomingHttpHeaders): string | undefined {
  return headers.traceparent === undefined ? undefined : String(headers.traceparent);
}

/** The origin of an HTTP call. */
export function restRequestInfo(request: { id: string; ip: string; headers: IncomingHttpHeaders }): RequestInfo {
  const { headers, id, ip } = request;
  return { id, ip, userAgent: userAgentOf(headers), transport: 'rest', traceparent: traceparentOf(headers) };
}
