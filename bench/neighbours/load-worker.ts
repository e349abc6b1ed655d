import { parentPort, workerData } from 'node:worker_threads';
import type { World } from './fill.ts';
import { loads, type Target } from './loads.ts';

/** Runs one load in a thread of its own, so that what it receives does not delay who measures, until any message. */
const { name, target, world } = workerData as { name: string; target: Target; world: World };
const end = new AbortController();
parentPort?.once('message', () => end.abort());
parentPort?.postMessage((await loads[name]?.(target, world, end.signal)) ?? 0);
