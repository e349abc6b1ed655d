import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../app.ts';
import { startExternalApp, type Wire } from './external-app.ts';

let wire: Wire;
let ann: Person;
beforeAll(async () => {
  wire = await startExternalApp({ env: { SOCKETS_OPENING_PER_ADDRESS: '50' } });
  ann = await wire.app.person('Ann');
});
afterAll(() => wire.close());

/** The status of a GET over the connections of an agent. */
function statusOfGet(target: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = request(`${wire.origin}${target}`, { agent }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    asking.on('error', reject);
    asking.end();
  });
}

describe('S52 the slots of handshakes', () => {
  it('are released: a thousand unfinished handshakes on one persistent connection do not shut out others', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const statuses: number[] = [];
    for (let at = 0; at < 1_000; at += 1) {
      // Begun and never completed: the transport is checked after the handshake was counted.
      statuses.push(await statusOfGet('/socket.io/?EIO=3&transport=polling', agent));
    }
    expect(new Set(statuses)).toEqual(new Set([400]));
    expect(agent.freeSockets).not.toEqual({});
    expect((await wire.connect({ auth: { token: ann.accessToken } })).connected).toBe(true);
    agent.destroy();
  });

  it('control: open and silent connections keep theirs, and the refusal says when to retry', async () => {
    const socketUrl = `${wire.origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const silent = Array.from({ length: 50 }, () => new WebSocket(socketUrl));
    await Promise.all(silent.map((raw) => new Promise((resolve) => raw.addEventListener('open', resolve))));
    const refused = await fetch(`${wire.origin}/socket.io/?EIO=4&transport=polling`);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ code: 'rate_limited', retryAfterMs: 1_000 });
    const ends = silent.map((raw) => new Promise((resolve) => raw.addEventListener('close', resolve)));
    for (const raw of silent) raw.close();
    await Promise.all(ends);
    expect((await wire.connect({ auth: { token: ann.accessToken } })).connected).toBe(true);
  });
});
