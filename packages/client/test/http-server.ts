import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Problem, type ProblemCode, problems } from '@atrium/protocol';

/** A request as it came in. */
export interface Seen {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** What to answer; `cut`: break the connection instead. */
export type Answer = { status?: number; body?: unknown; headers?: Record<string, string> } | 'cut';

export interface HttpTestServer {
  url: string;
  /** Everything that was asked, in order. */
  seen: Seen[];
  close(): Promise<void>;
}

/** A problem as the server words it. */
export function problemOf(code: ProblemCode, details: Partial<Problem> = {}): Answer {
  const { status, title } = problems[code];
  return { status, body: { type: `urn:atrium:problem:${code}`, title, status, code, ...details } };
}

/** An HTTP server that says what it is told to. */
export async function httpTestServer(answer: (seen: Seen) => Answer | Promise<Answer>): Promise<HttpTestServer> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { headers, method = '', url = '' } = request;
    const one = { method, url, headers, body: text === '' ? undefined : JSON.parse(text) };
    seen.push(one);
    const given = await answer(one);
    if (given === 'cut') {
      request.socket.destroy();
      return;
    }
    response.writeHead(given.status ?? 200, { 'content-type': 'application/json', ...given.headers });
    response.end(typeof given.body === 'string' ? given.body : JSON.stringify(given.body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
