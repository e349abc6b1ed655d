import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The load generator, a process of its own. */
export class LoadProcess {
  private readonly child = fork(fileURLToPath(new URL('./load.ts', import.meta.url)));

  constructor() {
    this.child.once('exit', (code) => {
      if (code !== 0) throw new Error(`The load generator ended with ${code}`);
    });
  }

  /** Asks it for a plan or a phase, and waits until it is done. */
  async ask<T>(message: object): Promise<T> {
    return new Promise((resolve, reject) => {
      this.child.once('message', ({ result, error }: { result: T; error?: string }) =>
        error ? reject(new Error(error)) : resolve(result),
      );
      this.child.send(message);
    });
  }

  /** Of its process. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  stop(): void {
    this.child.send({ stop: true });
  }
}
