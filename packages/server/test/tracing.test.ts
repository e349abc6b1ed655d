import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp } from './app.ts';
import { recordSocket } from './socket.ts';

interface ReceivedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: { stringValue?: string; intValue?: string } }[];
}

interface ReceivedBody {
  resourceSpans: {
    resource: { attributes: ReceivedSpan['attributes'] };
    scopeSpans: { spans: ReceivedSpan[] }[];
  }[];
}

const bodies: ReceivedBody[] = [];
let status = 200;
/** A receiver of OTLP/HTTP. */
const receiver = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  request.on('end', () => {
    expect([request.method, request.url, request.headers['content-type']]).toEqual([
      'POST',
      '/v1/traces',
      'application/json',
    ]);
    bodies.push(JSON.parse(text) as ReceivedBody);
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  });
});
let env: Record<string, string>;

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  env = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/` };
});
afterAll(() => receiver.close());

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

it('sends a span for each request and the operation in it, in the trace of the caller', async () => {
  const server = await testApp({ env });
  const url = await server.listen();
  const { accessToken, userId } = await server.person('Ann');
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${accessToken}`, ...headers } });
  await get('/users/me', { traceparent: `00-${TRACE}-${PARENT}-01` });
  const { headers } = await get('/workspaces');
  await get('/tasks', { traceparent: `00-${TRACE}-${PARENT}-00` });
  const socket = await recordSocket(url, accessToken);
  await socket.call('users.me', {});
  socket.close();
  await server.close();

  const spans = bodies
    .flatMap(({ resourceSpans }) => resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans[0]?.spans ?? []);
  const named = (name: string) => spans.filter((span) => span.name === name);
  const [request] = named('GET /api/v1/users/me');
  expect(request).toMatchObject({ traceId: TRACE, parentSpanId: PARENT, kind: 2 });
  const about = Object.fromEntries((request?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]));
  expect(about).toMatchObject({ 'http.response.status_code': '200', 'user.id': userId });
  expect(Number(request?.endTimeUnixNano)).toBeGreaterThanOrEqual(Number(request?.startTimeUnixNano));
  const [within, onSocket] = named('users.me');
  expect(within).toMatchObject({ traceId: TRACE, parentSpanId: request?.spanId, kind: 1 });
  expect(onSocket).toMatchObject({ kind: 2 });
  expect(onSocket?.parentSpanId).toBeUndefined();
  // Without a caller's trace, the id of the request is that of the trace.
  expect(named('workspaces.list')[0]?.traceId).toBe(headers.get('x-request-id')?.replaceAll('-', ''));
  // The caller has disabled recording for this one.
  expect(named('tasks.list')).toEqual([]);
  expect(bodies[0]?.resourceSpans[0]?.resource.attributes).toContainEqual({
    key: 'service.name',
    value: { stringValue: 'atrium' },
  });
});

it('still serves requests while the receiver refuses', async () => {
  status = 503;
  const server = await testApp({ env });
  const url = await server.listen();
  expect((await fetch(`${url}/api/v1/instance`)).status).toBe(200);
  await server.close();
});
