import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BadImage, type ConvertedImage, ConverterBusy, type ImageTask, TOO_LONG } from './image.ts';

/** Compiled where this file is. */
const WORKER = fileURLToPath(new URL(`worker${path.extname(import.meta.filename)}`, import.meta.url));
/** Processor time for a picture; one within the limits takes a second or two. */
const MOST_CPU_MS = 10_000;
/** Time to start a process, to wait for one, and to convert a picture, on a busy machine; no picture is to blame. */
const PATIENCE_MS = 120_000;
/** More than two workers convert in that time. */
const MOST_WAITING = 200;
const IDLE_MS = 30_000;

type Answer = { image: ConvertedImage } | { error: string; isBad: boolean };

/** The limits of a pool. */
export interface ImagePoolOptions {
  /** Maximum number of processes. */
  size: number;
  mostCpuMs?: number;
  patienceMs?: number;
  /** Maximum number of pictures that wait; more are refused. */
  mostWaiting?: number;
}

interface Waiting {
  task: ImageTask;
  timer: NodeJS.Timeout;
  resolve(image: ConvertedImage): void;
  reject(error: Error): void;
}

/** Converts pictures in processes of their own, so many at a time; the rest waits its turn. */
export class ImagePool {
  private readonly options: Required<ImagePoolOptions>;
  private readonly idle: ChildProcess[] = [];
  private readonly workers = new Set<ChildProcess>();
  private readonly waiting: Waiting[] = [];
  private idleTimer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor({
    mostCpuMs = MOST_CPU_MS,
    patienceMs = PATIENCE_MS,
    mostWaiting = MOST_WAITING,
    size,
  }: ImagePoolOptions) {
    this.options = { size, mostCpuMs, patienceMs, mostWaiting };
  }

  /**
   * @throws BadImage for a picture that is refused
   * @throws ConverterBusy if it was not its turn in time, or the machine is too busy to convert it
   */
  convert(task: ImageTask): Promise<ConvertedImage> {
    return new Promise((resolve, reject) => {
      if (this.stopped) return reject(new ConverterBusy('The server is stopping.'));
      if (this.waiting.length >= this.options.mostWaiting) {
        return reject(new ConverterBusy('Too many pictures are waiting.'));
      }
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(job), 1);
        reject(new ConverterBusy('The picture waited too long.'));
      }, this.options.patienceMs);
      const job = { task, timer, resolve, reject };
      this.waiting.push(job);
      this.next();
    });
  }

  /** Ends all workers; what they were doing is given up. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.idleTimer);
    for (let job = this.take(); job !== undefined; job = this.take()) {
      job.reject(new ConverterBusy('The server is stopping.'));
    }
    for (const worker of this.workers) worker.kill('SIGKILL');
  }

  private next(): void {
    if (this.waiting.length === 0 || this.stopped) return;
    clearTimeout(this.idleTimer);
    const worker = this.idle.pop();
    const job = worker && this.take();
    if (worker !== undefined && job !== undefined) this.run(worker, job);
    else if (this.workers.size < this.options.size) this.start();
  }

  /** The one that has waited longest. */
  private take(): Waiting | undefined {
    const job = this.waiting.shift();
    clearTimeout(job?.timer);
    return job;
  }

  /** Starts a worker, which takes part as soon as it says that it is ready. */
  private start(): void {
    const worker = fork(WORKER, [String(this.options.mostCpuMs)], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // What is loaded into the server, or debugs it, is not for its workers: it may end them.
      execArgv: [],
    });
    this.workers.add(worker);
    const timer = setTimeout(() => worker.kill('SIGKILL'), this.options.patienceMs);
    const failed = () => {
      clearTimeout(timer);
      this.take()?.reject(new ConverterBusy('A worker did not start.'));
    };
    worker.once('exit', failed);
    worker.once('message', () => {
      clearTimeout(timer);
      worker.off('exit', failed);
      this.release(worker);
    });
    // Errors of a process that did not start are followed by nothing else.
    worker.once('error', () => worker.emit('exit', null, null));
    worker.once('exit', () => this.drop(worker));
  }

  private drop(worker: ChildProcess): void {
    this.workers.delete(worker);
    const at = this.idle.indexOf(worker);
    if (at !== -1) this.idle.splice(at, 1);
    this.next();
  }

  private run(worker: ChildProcess, { task, resolve, reject }: Waiting): void {
    let tooSlow = false;
    const timer = setTimeout(() => {
      tooSlow = true;
      worker.kill('SIGKILL');
    }, this.options.patienceMs);
    const end = () => {
      clearTimeout(timer);
      worker.removeAllListeners('message');
      worker.off('exit', gone);
    };
    const gone = (code: number | null, signal: NodeJS.Signals | null) => {
      end();
      if (code === TOO_LONG) reject(new BadImage('The picture takes too long to convert.'));
      else if (tooSlow || this.stopped) reject(new ConverterBusy('The picture was not converted in time.'));
      else reject(new Error(`A worker ended: ${code ?? signal}.`));
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
