import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BadImage, type ConvertedImage, type ImageTask } from './image.ts';

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));
/** A picture within the limits takes a second or two. */
const TIMEOUT_MS = 10_000;
const IDLE_MS = 30_000;

type Answer = { image: ConvertedImage } | { error: string; isBad: boolean };

interface Waiting {
  task: ImageTask;
  resolve(image: ConvertedImage): void;
  reject(error: Error): void;
}

/** Converts pictures in processes of their own, so many at a time; the rest waits its turn. */
export class ImagePool {
  private readonly size: number;
  private readonly timeoutMs: number;
  private readonly idle: ChildProcess[] = [];
  private readonly workers = new Set<ChildProcess>();
  private readonly waiting: Waiting[] = [];
  private idleTimer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor({ size, timeoutMs = TIMEOUT_MS }: { size: number; timeoutMs?: number }) {
    this.size = size;
    this.timeoutMs = timeoutMs;
  }

  /** Throws BadImage for a picture that is refused. */
  convert(task: ImageTask): Promise<ConvertedImage> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ task, resolve, reject });
      this.next();
    });
  }

  /** Ends all workers; what they were doing is given up. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.idleTimer);
    for (const { reject } of this.waiting.splice(0)) reject(new Error('The server is stopping.'));
    for (const worker of this.workers) worker.kill('SIGKILL');
  }

  private next(): void {
    if (this.waiting.length === 0 || this.stopped) return;
    const worker = this.idle.pop() ?? (this.workers.size < this.size ? this.start() : undefined);
    const job = worker && this.waiting.shift();
    if (worker === undefined || job === undefined) return;
    clearTimeout(this.idleTimer);
    this.run(worker, job);
  }

  private start(): ChildProcess {
    const worker = fork(WORKER, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    this.workers.add(worker);
    // Errors of a process that did not start are followed by nothing else.
    worker.once('error', () => this.drop(worker));
    worker.once('exit', () => this.drop(worker));
    return worker;
  }

  private drop(worker: ChildProcess): void {
    this.workers.delete(worker);
    const at = this.idle.indexOf(worker);
    if (at !== -1) this.idle.splice(at, 1);
    this.next();
  }

  private run(worker: ChildProcess, { task, resolve, reject }: Waiting): void {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      worker.kill('SIGKILL');
    }, this.timeoutMs);
    const end = () => {
      clearTimeout(timer);
      worker.removeAllListeners('message');
      worker.off('exit', gone);
    };
    const gone = () => {
      end();
      reject(isLate ? new BadImage('The picture takes too long to convert.') : new Error('A worker ended.'));
    };
    worker.once('exit', gone);
    worker.once('message', (answer: Answer) => {
      end();
      if ('image' in answer) resolve(answer.image);
      else reject(answer.isBad ? new BadImage(answer.error) : new Error(answer.error));
      this.release(worker);
    });
    worker.send(task);
  }

  private release(worker: ChildProcess): void {
    this.idle.push(worker);
    this.next();
    if (this.idle.length < this.workers.size) return;
    this.idleTimer = setTimeout(() => {
      for (const each of this.workers) each.kill();
    }, IDLE_MS);
    this.idleTimer.unref();
  }
}
