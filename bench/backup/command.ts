import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { cpuOf, cpuSeconds } from '../lib/cpu.ts';

const COMMAND = fileURLToPath(new URL('../../packages/server/src/cli/main.ts', import.meta.url));
const EVERY_MS = 20;

/** What a run of the command took. */
export interface Run {
  seconds: number;
  /** CPU seconds of the command. */
  cpu: number;
  /** CPU seconds of the database meanwhile. */
  databaseCpu: number;
  /** The most memory that the command had at once, in bytes. */
  peakBytes: number;
  result: Record<string, unknown>;
}

/** The most memory that a process has had so far; 0 if it has ended. Linux only. */
function peakOf(pid: number): number {
  try {
    const [, kilobytes = 0] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return 0;
  }
}

/** Runs `atrium …` as a process of its own. @param postmaster the process of the database */
export async function run(args: readonly string[], env: Record<string, string>, postmaster: number): Promise<Run> {
  const [begun, databaseBefore] = [performance.now(), cpuSeconds([postmaster])];
  const child = spawn(process.execPath, [COMMAND, '--json', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = child.pid ?? 0;
  let [cpu, peakBytes, printed] = [0, 0, ''];
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk;
  });
  const timer = setInterval(() => {
    cpu = Math.max(cpu, cpuOf(pid));
    peakBytes = Math.max(peakBytes, peakOf(pid));
  }, EVERY_MS);
  const [code] = await once(child, 'close');
  clearInterval(timer);
  if (code !== 0) throw new Error(`atrium ${args[0]} ended with ${code}`);
  const seconds = (performance.now() - begun) / 1_000;
  return {
    seconds,
    cpu,
    databaseCpu: cpuSeconds([postmaster]) - databaseBefore,
    peakBytes,
    result: JSON.parse(printed),
  };
}
