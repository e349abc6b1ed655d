import { spawnSync } from 'node:child_process';

/** Debian's own comes first: another Python on the path does not see Debian's packages. */
const CANDIDATES = ['/usr/bin/python3', 'python3'];

const canImport = (python: string, modules: readonly string[]) =>
  spawnSync(python, [
    '-c',
    `import importlib.util, sys
sys.exit(not all(importlib.util.find_spec(name) for name in ${JSON.stringify(modules)}))`,
  ]).status === 0;

/** A Python with the client for Socket.IO. @returns undefined if there is none */
export function pythonWithSocketIo(): string | undefined {
  return CANDIDATES.find((python) => canImport(python, ['socketio', 'websocket']));
}
