import pino from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Clock, type ClockJump, createClock } from './index.ts';

const log = pino({ level: 'silent' });
let clock: Clock | undefined;
afterEach(() => {
  clock?.stop();
  vi.useRealTimers();
});

describe('the clock', () => {
  it("returns the database's time, whatever this machine's clock", async () => {
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

  it.each([
    { it: 'an hour ahead', byMs: 3_600_000 },
    { it: 'an hour back', byMs: -3_600_000 },
  ])("tells of the database's clock being set $it, once", async ({ byMs }) => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let setBy = 0;
    clock = await createClock({ now: async () => new Date(Date.now() + setBy) }, log);
    const jumps: ClockJump[] = [];
    clock.onJump((jump) => jumps.push(jump));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(jumps).toEqual([]);
    setBy = byMs;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(jumps).toHaveLength(1);
    expect(Math.abs((jumps[0]?.byMs ?? 0) - byMs)).toBeLessThan(50);
    expect(Math.abs(clock.now().getTime() - Date.now() - byMs)).toBeLessThan(50);
  });

  describe('its steady time', () => {
    const aheadMs = (of: Clock) => Math.round((of.steadyNow().getTime() - Date.now()) / 1_000) * 1_000;
    const setClock = async () => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] });
      const set = { by: 0 };
      clock = await createClock({ now: async () => new Date(Date.now() + set.by) }, log);
      return { set, clock };
    };

    it('does not follow a clock that is set an hour forward and back', async () => {
      const { clock: steady, set } = await setClock();
      set.by = 3_600_000;
      for (let seconds = 0; seconds < 110; seconds += 10) {
        await vi.advanceTimersByTimeAsync(10_000);
        expect(aheadMs(steady)).toBe(0);
      }
      expect(Math.round((steady.now().getTime() - Date.now()) / 1_000), 'twin: the other one does').toBe(3_600);
      set.by = 0;
      await vi.advanceTimersByTimeAsync(300_000);
      expect(aheadMs(steady)).toBe(0);
    });

    it('follows it after two minutes, and immediately when it is set back', async () => {
      const { clock: steady, set } = await setClock();
      set.by = 3_600_000;
      await vi.advanceTimersByTimeAsync(140_000);
      expect(aheadMs(steady)).toBe(3_600_000);
      set.by = -60_000;
      await vi.advanceTimersByTimeAsync(10_000);
      expect(aheadMs(steady)).toBe(-60_000);
    });
  });

  it('does not take a late answer for a jump', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    const lateMs = [0, 6_000, 0];
    clock = await createClock(
      {
        async now() {
          // The clock was read long before the answer arrived.
          const late = lateMs.shift() ?? 0;
          const read = new Date(performance.now());
          await vi.advanceTimersByTimeAsync(late);
          return read;
        },
      },
      log,
    );
    const jumps: ClockJump[] = [];
    clock.onJump((jump) => jumps.push(jump));
    await vi.advanceTimersByTimeAsync(10_000);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(jumps).toEqual([]);
  });

  it('continues with the last measurement while the database is not available', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let away = false;
    clock = await createClock(
      {
        async now() {
          if (away) throw new Error('not available');
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
