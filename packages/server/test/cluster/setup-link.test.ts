import { expect, onTestFinished, test } from 'vitest';
import type { ServerProcess } from '../faults/harness/server.ts';
import { startNodes } from './nodes.ts';

const PASSWORD = 'correct horse battery staple';

/** The token in the link that a node has shown. */
const tokenOf = ({ out }: ServerProcess) => /\/welcome#setup=(\S+)/.exec(out.join('\n'))?.[1] ?? '';

async function register({ url }: ServerProcess, name: string, setupToken: string) {
  const response = await fetch(`${url}/api/v1/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, email: `${name.toLowerCase()}@example.org`, password: PASSWORD, setupToken }),
  });
  return { status: response.status, ...((await response.json()) as { role?: string; code?: string }) };
}

test('the link of whichever node started first creates the first account, on any of them, once', async () => {
  const env = { APP_URL: 'https://atrium.example' };
  const nodes = await startNodes({ count: 3, redisUrl: undefined, env }, onTestFinished);
  const all = [nodes.at(0), nodes.at(1), nodes.at(2)];
  const [first = '', ...others] = all.map(tokenOf);
  expect(new Set([first, ...others]).size).toBe(3);
  expect(await register(nodes.at(0), 'Mallory', 'wrong')).toMatchObject({ code: 'setup_link_required' });
  expect(await register(nodes.at(1), 'Ann', first)).toMatchObject({ role: 'admin' });
  for (const token of others)
    expect(await register(nodes.at(2), `P${token.slice(0, 8)}`, token)).toMatchObject({ role: 'user' });
  // There is an account now: a node that starts shows no link.
  await nodes.at(2).stop();
  expect(tokenOf(await nodes.restart(2))).toBe('');
}, 60_000);
