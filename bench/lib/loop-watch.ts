// Loaded before a server under test (node --import): watches its event loop from inside and tells the benchmark, which
// started it with a channel, how it has been.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';

/** How the event loop of a process has been since it was last asked. In milliseconds. */
export interface LoopReport {
  /** By how much timers came late, whatever the reason: also when the machine gave the processor to somebody else. */
  delayP99: number;
  delayMax: number;
  /** The longest that the loop was busy on the processor without letting a timer run: this is the program's own doing. */
  heldMax: number;
}

const EVERY_MS = 1;
const delay = monitorEventLoopDelay({ resolution: EVERY_MS });
delay.enable();

const cpuMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};
let held = 0;
let before = cpuMs();
setInterval(() => {
  const now = cpuMs();
  held = Math.max(held, now - before);
  before = now;
}, EVERY_MS).unref();

process.on('message', (message) => {
  if (message !== 'loop') return;
  const report: LoopReport = {
    delayP99: delay.percentile(99) / 1e6,
    delayMax: delay.max / 1e6,
    heldMax: held,
  };
  delay.reset();
  held = 0;
  process.send?.(report);
});
// The channel alone must not keep a server running.
process.channel?.unref();
