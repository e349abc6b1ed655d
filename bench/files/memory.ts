import { residentBytes, residentBytesOfTree } from '../../packages/server/test/resident-memory.ts';

const EVERY_MS = 10;

/** By how much a process grew at most, and how much all that it has started took together at most, in bytes. */
export async function growthDuring<Result>(
  pid: number,
  work: () => Promise<Result>,
): Promise<{ result: Result; growth: number; children: number }> {
  const before = residentBytes(pid);
  let [most, children] = [before, 0];
  const look = () => {
    const own = residentBytes(pid);
    most = Math.max(most, own);
    children = Math.max(children, residentBytesOfTree(pid) - own);
  };
  const timer = setInterval(look, EVERY_MS);
  try {
    const result = await work();
    return { result, growth: most - before, children };
  } finally {
    clearInterval(timer);
  }
}
