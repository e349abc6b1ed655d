import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const index = fileURLToPath(new URL('index.ts', import.meta.url));

it('writes JSON lines to standard error, without secrets, and nothing to standard output', () => {
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

/** Runs a program with a log to files. */
function logTo(directory: string, body: string) {
  const script = `
    const { createFileLog } = await import(${JSON.stringify(index)});
    const log = await createFileLog('info', ${JSON.stringify(directory)});
    ${body}
  `;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
}

function scratch(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'atrium-log-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

it('writes files as well, with errors in their own, without secrets, and appends to existing ones', () => {
  const directory = path.join(scratch(), 'logs');
  const first = logTo(directory, "log.info({ token: 'canary' }, 'signed in'); log.error('lost'); process.exit(0);");
  expect(first.status).toBe(0);
  expect(first.stderr).toContain('signed in');
  logTo(directory, "log.info('again'); process.exit(0);");
  const files = readdirSync(directory).sort();
  expect(files).toHaveLength(2);
  const [all = [], errors = []] = files.map((file) =>
    readFileSync(path.join(directory, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { msg: string }).msg),
  );
  expect(files[0]).toMatch(/^atrium\.\d{4}-\d{2}-\d{2}\.1\.log$/);
  expect(all).toEqual(['signed in', 'lost', 'again']);
  expect(errors).toEqual(['lost']);
  expect(readFileSync(path.join(directory, files[0] ?? ''), 'utf8')).not.toContain('canary');
});

it('begins a new file when one is full, and keeps 14 older ones', () => {
  const directory = scratch();
  const day = new Date().toISOString().slice(0, 10);
  for (let at = 1; at <= 20; at += 1) {
    writeFileSync(path.join(directory, `atrium.${day}.${at}.log`), 'x'.repeat(at === 20 ? 20_900_000 : 1));
  }
  const { status } = logTo(
    directory,
    `
      for (let at = 0; at < 4; at += 1) log.info('x'.repeat(50_000));
      setTimeout(() => { log.info('last'); setTimeout(() => process.exit(0), 200); }, 500);
    `,
  );
  expect(status).toBe(0);
  const files = readdirSync(directory).filter((file) => file.startsWith('atrium.'));
  expect(files).toContain(`atrium.${day}.21.log`);
  expect(files.length).toBeLessThanOrEqual(15);
});

it('names the directory that cannot be written to', () => {
  const file = path.join(scratch(), 'file');
  writeFileSync(file, '');
  const { status, stderr } = logTo(path.join(file, 'logs'), "log.info('never');");
  expect(status).not.toBe(0);
  expect(stderr).toMatch(/LOG_DIR: log files cannot be written to .*file\/logs: ENOTDIR/);
});
