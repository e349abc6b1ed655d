import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';

const lockModule = new URL('./lock.mjs', import.meta.url).href;

/** A folder for a lock, and processes that want it. */
function place({ onTestFinished }: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'atrium-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return {
    folder,
    notes: () => readFileSync(join(folder, 'notes'), 'utf8'),
    /** A process that takes the lock, notes when it went in and out, and returns its exit code. */
    holder(whileHeld = 'await sleep(80)'): Promise<number | null> {
      const code = `
        import { appendFileSync } from 'node:fs';
        import { setTimeout as sleep } from 'node:timers/promises';
        import { withLock } from '${lockModule}';
        const note = (text) => appendFileSync('${join(folder, 'notes')}', text);
        const work = async (alsoHeldBy) => { note('('); ${whileHeld}; note(')'); };
        await withLock('${join(folder, 'lock')}', () => {}, work);`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'inherit' });
      return new Promise((resolve) => child.once('close', resolve));
    },
  };
}

// They wait more than they work.
describe.concurrent('the lock', () => {
  it('lets one process in at a time and leaves nothing behind', async (test) => {
    const { folder, holder, notes } = place(test);
    expect(await Promise.all(Array.from({ length: 6 }, () => holder()))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(notes()).toBe('()'.repeat(6));
    expect(readdirSync(folder)).toEqual(['notes']);
  });

  it('takes over from a process that was killed, one at a time', async (test) => {
    const { folder, holder, notes } = place(test);
    await holder("process.kill(process.pid, 'SIGKILL')");
    expect(existsSync(join(folder, 'lock'))).toBe(true);
    await Promise.all(Array.from({ length: 6 }, () => holder()));
    expect(notes()).toBe(`(${'()'.repeat(6)}`);
  });

  it('waits for a program that outlives the killed process which started it', async (test) => {
    const { folder, holder, notes } = place(test);
    const program = `setTimeout(() => require('fs').appendFileSync(${JSON.stringify(join(folder, 'notes'))}, '!'), 600)`;
    await holder(
      `alsoHeldBy((await import('node:child_process')).spawn(process.execPath, ['-e', ${JSON.stringify(program)}]).pid);
       process.kill(process.pid, 'SIGKILL')`,
    );
    expect(await holder()).toBe(0);
    expect(notes()).toBe('(!()');
  });

  it('releases when the work fails or the process exits in the middle', async (test) => {
    const { folder, holder } = place(test);
    await holder('process.exit(3)');
    expect(existsSync(join(folder, 'lock'))).toBe(false);
    expect(await holder()).toBe(0);
  });

  it('waits for a live holder', async (test) => {
    const { folder, holder } = place(test);
    writeFileSync(join(folder, 'lock'), `${hostname()} 0 ${process.pid}`);
    const waiting = holder();
    setTimeout(() => rmSync(join(folder, 'lock')), 500);
    const started = performance.now();
    expect(await waiting).toBe(0);
    expect(performance.now() - started).toBeGreaterThan(450);
  });
});
