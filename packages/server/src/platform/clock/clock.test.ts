import pino from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Clock, createClock } from './index.ts';

const log = pino({ level: 'silent' });
let clock: Clock | undefined;
afterEach(() => {
  clock?.stop();
  vi.useRealTimers();
});

describe('the clock', () => {
  it("tells the database's time, whatever this machine's clock says", async () => {
    const aheadMs = 3_600_000;
    clock = await createClock({ now: async () => new Date(Date.now() + aheadMs) }, log);
    expect(Math.abs(clock.offsetMs() - aheadMs)).toBeLessThan(50);
    expect(Math.abs(clock.now().getTime() - Date.now() - aheadMs)).toBeLessThan(50);
  });

  it("does not jump with this machine's clock", async () => {
    clock = await createClock({ now: async () => new Date('2026-01-01T00:00:00Z') }, log);
    const before = clock.now().getTime();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 });
    expect(clock.now().getTime() - before).toBeLessThan(1_000);
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(before);
  });

  it('goes on with the last measurement while the database is away', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let away = false;
    clock = await createClock(
      {
        async now() {
          if (away) throw new Error('away');
          return new Date('2026-01-01T00:00:00Z');
        },
      },
      log,
    );
    away = true;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(clock.now().toISOString()).toMatch(/^2026-01-01T00:00:/);
  });
});
