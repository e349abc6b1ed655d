import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Person } from '../app.ts';
import { startExternalApp, type Wire } from './external-app.ts';

const TIMEOUT_MS = 1_000;
/** Each byte comes well within any timeout for idle connections. */
const BETWEEN_BYTES_MS = 100;

let wire: Wire;
let ann: Person;
beforeAll(async () => {
  wire = await startExternalApp({ requestTimeoutMs: TIMEOUT_MS });
  ann = await wire.app.person('Ann');
});
afterAll(() => wire.close());

interface Ended {
  answer: string;
  afterMs: number;
}

/** Sends a text at once and then a byte at a time, without an end. Resolves when the server closes the connection. */
function drip(begin: string): Promise<Ended> {
  return new Promise((resolve) => {
    const begun = performance.now();
    let answer = '';
    let timer: NodeJS.Timeout | undefined;
    const socket = connect(port(), '127.0.0.1', () => {
      socket.write(begin);
      timer = setInterval(() => socket.write('a'), BETWEEN_BYTES_MS);
    });
    socket.on('data', (data) => {
      answer += data.toString();
    });
    // Bytes that are sent after the end are answered with a reset.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      resolve({ answer, afterMs: performance.now() - begun });
    });
  });
}

const port = () => Number(new URL(wire.origin).port);
const connections = () =>
  new Promise<number>((resolve) => wire.app.app.http.server.getConnections((_, count) => resolve(count)));
const lines = (...head: string[]) => head.join('\r\n');
const HOST = () => `Host: ${new URL(wire.origin).host}`;
const HEADERS = () => lines('GET /api/v1/users/me HTTP/1.1', HOST(), 'X-Slow: ');
const BODY = () =>
  lines('POST /api/v1/auth/login HTTP/1.1', HOST(), 'Content-Type: application/json', 'Content-Length: 9000', '', '{"');
const CHUNKS = () =>
  lines(
    'POST /api/v1/auth/login HTTP/1.1',
    HOST(),
    'Content-Type: application/json',
    'Transfer-Encoding: chunked',
    '',
    '',
  );

describe('S31 a request that is sent byte by byte', () => {
  it.each([
    ['headers', HEADERS],
    ['a body', BODY],
    ['a body without a length', CHUNKS],
  ])('is refused with 408 when it is %s', async (_, begin) => {
    const { answer, afterMs } = await drip(begin());
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('"code":"timeout"');
    expect(afterMs).toBeGreaterThanOrEqual(TIMEOUT_MS * 0.9);
  });

  it('does not shut out others: 300 of them at once are refused, and others are answered meanwhile', async () => {
    const slow = Array.from({ length: 300 }, (_, at) => drip(at % 2 === 0 ? HEADERS() : BODY()));
    for (let at = 0; at < 5; at += 1) expect(await ann.call('users.me', {})).toMatchObject({ id: ann.userId });
    const ended = await Promise.all(slow);
    expect(ended.filter(({ answer }) => !answer.startsWith('HTTP/1.1 408 '))).toEqual([]);
    await expect.poll(connections).toBeLessThan(20);
  });

  it('is closed if the client continues after the refusal', async () => {
    await expect.poll(connections).toBe(0);
    const socket = connect({ port: port(), host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => undefined);
    socket.write(BODY());
    const timer = setInterval(() => socket.write('a'), BETWEEN_BYTES_MS);
    onTestFinished(() => {
      clearInterval(timer);
      socket.destroy();
    });
    await expect.poll(connections).toBe(1);
    await expect.poll(connections).toBe(0);
  });

  it('control: one that is slow but in time is accepted', async () => {
    const socket = connect(port(), '127.0.0.1');
    const text = `${lines('GET /health/live HTTP/1.1', HOST(), 'Connection: close', '', '')}`;
    const half = Math.floor(text.length / 2);
    socket.write(text.slice(0, half));
    setTimeout(() => socket.write(text.slice(half)), TIMEOUT_MS / 4);
    let answer = '';
    for await (const data of socket) answer += String(data);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });
});
