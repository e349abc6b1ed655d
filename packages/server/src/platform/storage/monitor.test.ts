import pino from 'pino';
import { expect, it } from 'vitest';
import { startStorageMonitor } from './monitor.ts';

it('knows from the start whether the storage can be used, and detects changes', async () => {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  let broken = true;
  const probe = async () => {
    if (broken) throw new Error('secret detail');
  };
  const monitor = await startStorageMonitor({ probe }, log, 5);
  expect(monitor.health()).toEqual({ ok: false, reason: 'the storage of files cannot be used' });
  broken = false;
  await expect.poll(() => monitor.health()).toEqual({ ok: true });
  broken = true;
  await expect.poll(() => monitor.health().ok).toBe(false);
  monitor.stop();
  const levels = lines.map((line) => (JSON.parse(line) as { level: number }).level);
  expect(levels).toEqual([50, 30, 50]);
});
