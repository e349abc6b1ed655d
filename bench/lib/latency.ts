import { monitorEventLoopDelay } from 'node:perf_hooks';
import { cpuSeconds } from './cpu.ts';
import { percentile } from './stats.ts';

/** What calls of one kind took. */
export interface Latency {
  kind: string;
  calls: number;
  p50: number;
  p99: number;
  max: number;
  /** CPU milliseconds for each, all processes together. */
  cpu: number;
  /** The longest time in milliseconds for which this process did nothing else. */
  held: number;
  all: number[];
}

/** Calls again and again, one after the other. The first tenth, at least three, are not counted. */
export async function measure(
  kind: string,
  calls: number,
  pids: readonly number[],
  call: (at: number) => Promise<unknown>,
): Promise<Latency> {
  for (let at = 0; at < Math.max(3, calls / 10); at++) await call(at);
  const times: number[] = [];
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const before = cpuSeconds(pids);
  for (let at = 0; at < calls; at++) {
    const begun = performance.now();
    await call(at);
    times.push(performance.now() - begun);
  }
  const cpu = ((cpuSeconds(pids) - before) / calls) * 1000;
  loop.disable();
  return { kind, ...summary(times), cpu, held: loop.max / 1e6 };
}

/** The figures of some times in milliseconds. */
export function summary(times: readonly number[]): Omit<Latency, 'kind' | 'cpu' | 'held'> {
  const all = [...times].sort((a, b) => a - b);
  return { calls: all.length, p50: percentile(all, 0.5), p99: percentile(all, 0.99), max: all.at(-1) ?? 0, all };
}

/** The figures as a line of a table. */
export function latencyRow({
  kind,
  calls,
  p50,
  p99,
  max,
  cpu,
  held,
}: Omit<Latency, 'all'>): Record<string, string | number> {
  return {
    what: kind,
    calls,
    'p50 ms': p50.toFixed(1),
    'p99 ms': p99.toFixed(1),
    'max ms': max.toFixed(1),
    'CPU ms': cpu.toFixed(1),
    'loop held ms': held.toFixed(1),
  };
}
