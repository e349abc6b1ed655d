import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from './app.ts';

const DONE = '@@done@@';
const CODE = /\b(\d{6}) is your verification code/;

let app: TestApp;
let url: string;
beforeAll(async () => {
  app = await testApp();
  url = (await app.listen()).replace(/\/$/, '');
});
afterAll(() => app.close());

/** The code that was mailed to the n-th person. */
async function mailedCode(number: number): Promise<string> {
  for (let tries = 0; tries < 500; tries += 1) {
    const codes = app.mails.flatMap((mail) => mail.match(CODE)?.[1] ?? []);
    if (codes.length >= number) return codes[number - 1] ?? '';
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('No mail with a code was sent.');
}

/** One shell for the whole page, as its reader has it. @returns runs a block and gives what it printed */
function openShell() {
  const shell = spawn('bash', ['-euo', 'pipefail'], { env: { PATH: process.env.PATH ?? '' } });
  let printed = '';
  let complaints = '';
  shell.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  shell.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  return {
    async run(block: string): Promise<string> {
      printed = '';
      shell.stdin.write(`${block}\necho ${DONE}\n`);
      while (!printed.includes(DONE)) {
        if (shell.exitCode !== null) throw new Error(`The shell ended: ${complaints}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return printed.replace(DONE, '').trim();
    },
    close: () => shell.stdin.end(),
  };
}

it('leads two people through a task and its timers with curl alone, as it stands', { timeout: 90_000 }, async () => {
  const guide = await readFile(new URL('../../../docs/guides/tasks-and-timers.md', import.meta.url), 'utf8');
  const blocks = [...guide.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);
  const shell = openShell();
  const printed: string[] = [];
  let people = 0;
  for (const block of blocks) {
    let written = block.replace('http://localhost:3000', url);
    if (/^CODE=/m.test(block)) {
      // The second person signs up in the same block.
      const [before = '', after = ''] = written.split(/^CODE=.*\n/m);
      people += 1;
      await shell.run(before);
      written = `CODE=${await mailedCode(people)}\n${after}`;
    }
    // Links name the address that people use, which is not where the test listens.
    printed.push(
      await shell.run(
        written.replace(/curl -sS "\$(FILE|FEED)"/, `curl -sS "$(echo "$$$1" | sed -E "s#^https?://[^/]+#${url}#")"`),
      ),
    );
  }
  shell.close();
  const answers = printed.map((text) => (text.startsWith('{') ? JSON.parse(text) : text));
  expect(answers).toEqual([
    '',
    expect.objectContaining({ name: 'Nora', emailVerified: false }),
    expect.objectContaining({ name: 'Nora', emailVerified: true }),
    expect.objectContaining({ name: 'Otto', emailVerified: true }),
    expect.objectContaining({ name: 'Demo' }),
    expect.objectContaining({ title: 'Demo Task', dueOn: '2026-12-29' }),
    expect.objectContaining({ stoppedAt: null }),
    expect.objectContaining({ stoppedAt: null }),
    expect.objectContaining({ baseMs: 0, totalElapsedMs: expect.any(Number) }),
    expect.objectContaining({ stoppedAt: expect.any(String) }),
    { items: [expect.objectContaining({ stoppedAt: expect.any(String) })], nextCursor: null },
    expect.objectContaining({ kind: 'correction', durationMs: -1_800_000 }),
    expect.objectContaining({ total: expect.objectContaining({ hours: 1, ms: 3_600_000 }) }),
    expect.stringMatching(/^Date,Person,Task,.*Otto,Demo Task/s),
    expect.objectContaining({ from: '2026-05-01', to: '2026-05-31' }),
    expect.stringMatching(/^BEGIN:VCALENDAR.*DUE;VALUE=DATE:20261229.*END:VCALENDAR$/s),
  ]);
});
