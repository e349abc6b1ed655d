import http from 'node:http';
import https from 'node:https';
import { type AllowedHosts, guardedLookup } from './address-guard.ts';

const MAX_ANSWER_BYTES = 4_096;

export interface OutboundRequest {
  body: Buffer | string;
  headers: Readonly<Record<string, string | number>>;
  /** See refusalOf. */
  allowed: AllowedHosts;
  /** Aborts the request, and the reading of its response. */
  signal: AbortSignal;
  /** Keeps connections for later requests. Callers that allow different private hosts must not share one. */
  agents?: OutboundAgents | undefined;
}

/** The response of an external server. */
export interface OutboundAnswer {
  status: number;
  retryAfter: string | undefined;
  /** Its first 4 kB. */
  body: string;
}

export interface OutboundAgents {
  http: http.Agent;
  https: https.Agent;
  close(): void;
}

/** Connections that are kept open for the next request. */
export function createAgents(options: http.AgentOptions): OutboundAgents {
  const agents = { http: new http.Agent(options), https: new https.Agent(options) };
  return {
    ...agents,
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

/**
 * Posts to a URL of an external server, which the caller has checked with refusalOf. The name is resolved once, and the
 * connection uses the checked address. Redirects are not followed.
 */
export function post(target: URL, options: OutboundRequest): Promise<OutboundAnswer> {
  const { agents, allowed, body, headers, signal } = options;
  const isSecure = target.protocol === 'https:';
  const { request } = isSecure ? https : http;
  return new Promise((resolve, reject) => {
    const lookup = guardedLookup(target, allowed);
    const agent = agents && (isSecure ? agents.https : agents.http);
    const outgoing = request(target, { method: 'POST', headers, lookup, signal, agent }, (answer) => {
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
        // The rest is not needed.
        if (length > MAX_ANSWER_BYTES) answer.destroy();
      });
      answer.on('error', end);
      answer.on('close', end);
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // The server closed a kept connection at the moment when it was used again.
      const isStale = outgoing.reusedSocket && error.code === 'ECONNRESET' && !signal.aborted;
      if (isStale) post(target, { ...options, agents: undefined }).then(resolve, reject);
      else reject(error);
    });
    outgoing.end(body);
  });
}
