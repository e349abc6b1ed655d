// Preloaded into what run-child.mjs starts. Being in a process group of its own, that program would outlive a
// parent that was killed outright; the pipe that only the parent holds open ends with it, however it ends.
import { Socket } from 'node:net';
import process from 'node:process';

// Programs started further down inherit the variable but not the pipe.
if (process.env.ATRIUM_STARTED_BY === String(process.ppid)) {
  const parent = new Socket({ fd: 3 });
  parent.on('error', () => {});
  parent.on('close', () => process.kill(process.pid, 'SIGTERM'));
  parent.resume();
  parent.unref();
}
