import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const index = fileURLToPath(new URL('index.ts', import.meta.url));

it('writes JSON lines to standard error, with no secret in them and nothing on standard output', () => {
  const entry = {
    password: 'canary',
    body: { token: 'canary', refreshToken: 'canary', otp: 'canary', code: 'canary', kept: 'visible' },
    request: { headers: { authorization: 'canary', cookie: 'canary' } },
  };
  const script = `
    const { createLog } = await import(${JSON.stringify(index)});
    const log = createLog('info');
    log.info(${JSON.stringify(entry)}, 'signed in');
    log.warn({ err: Object.assign(new Error('lost'), { code: '57P01', token: 'canary' }) }, 'no database');
    log.debug('not at this level');
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(stderr).not.toContain('canary');
  const lines = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toMatchObject([
    { level: 30, msg: 'signed in', password: '[secret]', body: { token: '[secret]', kept: 'visible' } },
    { level: 40, msg: 'no database', err: { message: 'lost', errorCode: '57P01' } },
  ]);
});
