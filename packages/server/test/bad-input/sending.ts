import { request as httpRequest } from 'node:http';
import { hasBody, type Operation, pathKeys } from '@atrium/protocol';
import { oneFile } from '../multipart.ts';
import type { BadInputWorld } from './world.ts';

/** The response, however malformed the request was. */
export interface RawAnswer {
  status: number;
  type: string;
  body: Record<string, unknown>;
}

/** No answer may take longer: a request must never hang. */
const WITHIN_MS = 20_000;

/** Sends exactly these bytes. */
export function send(
  url: string,
  options: { method: string; path: string; headers?: Record<string, string>; body?: string | Buffer },
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        hostname,
        port,
        method: options.method,
        path: options.path,
        headers: options.headers ?? {},
        timeout: WITHIN_MS,
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
          resolve({ status: answer.statusCode ?? 0, type: String(answer.headers['content-type']), body });
        });
      },
    );
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${WITHIN_MS} ms`)));
    sent.on('error', reject);
    sent.end(options.body);
  });
}

/** A path segment or a query value is text; other values are sent as JSON. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Percent-encodes anything, also what encodeURIComponent rejects. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** Sends an input as the operation's route expects it: path, query and body. */
export function sendInput(
  world: BadInputWorld,
  operation: Operation,
  input: Record<string, unknown>,
): Promise<RawAnswer> {
  const inPath = new Set(pathKeys(operation.path));
  const path = operation.path.replace(/:(\w+)/g, (_match, key: string) => encode(asText(input[key] ?? 'x')) || 'x');
  const rest = Object.entries(input).filter(([key]) => !inPath.has(key));
  const headers = { authorization: `Bearer ${world.ann.accessToken}`, 'content-type': 'application/json' };
  if (!hasBody(operation)) {
    const form = operation.files === true ? oneFile() : undefined;
    const query = rest.map(([key, value]) => `${encode(key)}=${encode(asText(value)).slice(0, 4_000)}`).join('&');
    const body = form && { body: form.body };
    return send(world.url, {
      method: operation.method,
      path: `/api/v1${path}?${query}`,
      headers: { ...headers, ...form?.headers },
      ...body,
    });
  }
  const pairs = rest.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value) ?? 'null'}`);
  return send(world.url, { method: operation.method, path: `/api/v1${path}`, headers, body: `{${pairs.join(',')}}` });
}
