import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { TestApp } from './app.ts';

const DONE = '@@done@@';
const CODE = /\b(\d{6}) is your verification code/;

/** The code that was mailed to the n-th person. */
async function mailedCode(app: TestApp, number: number): Promise<string> {
  for (let tries = 0; tries < 500; tries += 1) {
    const codes = app.mails.flatMap((mail) => mail.match(CODE)?.[1] ?? []);
    if (codes.length >= number) return codes[number - 1] ?? '';
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('No mail with a code was sent.');
}

/** One shell for the whole page, as for its reader. @returns a function that runs a block and returns its output */
export function openShell() {
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

/**
 * Runs the shell blocks of a guide as written, except for the URL of the server and mailed codes.
 * @param url the URL of the server, without a trailing slash
 * @returns the output of each block, parsed as JSON
 */
export async function runGuide(app: TestApp, url: string, name: string): Promise<unknown[]> {
  const guide = await readFile(new URL(`../../../docs/guides/${name}.md`, import.meta.url), 'utf8');
  const blocks = [...guide.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);
  const shell = openShell();
  const printed: string[] = [];
  let people = 0;
  for (const block of blocks) {
    let written = block.replace('http://localhost:3000', url);
    if (/^CODE=/m.test(block)) {
      // Another person may sign up in the same block.
      const [before = '', after = ''] = written.split(/^CODE=.*\n/m);
      people += 1;
      await shell.run(before);
      written = `CODE=${await mailedCode(app, people)}\n${after}`;
    }
    // Links contain the public URL, on which the test does not listen.
    printed.push(
      await shell.run(
        written.replace(/curl -sS "\$(FILE|FEED)"/, `curl -sS "$(echo "$$$1" | sed -E "s#^https?://[^/]+#${url}#")"`),
      ),
    );
  }
  shell.close();
  return printed.map((text) => (text.startsWith('{') ? JSON.parse(text) : text));
}
