import { AtriumError } from '../../../live/derived.ts';
import { bySize, progressOf } from './model.ts';

/** A file on its way to a task. */
export interface FileUpload {
  readonly key: string;
  readonly file: File;
  /** How much of it was sent, 0 to 1. */
  readonly progress: number;
  /** Why it was refused; undefined while it is on its way. */
  readonly error?: unknown;
}

interface Sending {
  signal: AbortSignal;
  onProgress: (part: number) => void;
}

/** Sends files in one request. */
export type SendFiles = (files: readonly File[], sending: Sending) => Promise<unknown>;

const tooLarge = new AtriumError('payload_too_large', 'The file is too large');

/**
 * The files that are on their way to one place. All that wait go in one request, since uploads are limited by the hour.
 * A file that is refused or cancelled does not keep the others back: they are sent again without it.
 * @param most files of one request
 */
export function createUploads(send: SendFiles, most: number) {
  let all: readonly FileUpload[] = [];
  let running: { abort: AbortController; keys: readonly string[] } | undefined;
  let count = 0;
  const listeners = new Set<() => void>();
  const set = (next: readonly FileUpload[]) => {
    all = next;
    for (const listener of listeners) listener();
  };
  const change = (keys: readonly string[], changed: (at: number) => Partial<FileUpload>) =>
    set(all.map((each) => (keys.includes(each.key) ? { ...each, ...changed(keys.indexOf(each.key)) } : each)));

  const run = async () => {
    if (running) return;
    const batch = all.filter(({ error }) => error === undefined).slice(0, most);
    if (batch.length === 0) return;
    const abort = new AbortController();
    const keys = batch.map(({ key }) => key);
    running = { abort, keys };
    const files = batch.map(({ file }) => file);
    const sizes = files.map(({ size }) => size);
    const onProgress = (part: number) => {
      const parts = progressOf(sizes, part);
      if (!abort.signal.aborted) change(keys, (at) => ({ progress: parts[at] ?? 0 }));
    };
    try {
      await send(files, { signal: abort.signal, onProgress });
      set(all.filter(({ key }) => !keys.includes(key)));
    } catch (error) {
      if (!abort.signal.aborted) change(namedIn(batch, error), () => ({ error }));
      change(keys, () => ({ progress: 0 }));
    } finally {
      running = undefined;
    }
    void run();
  };

  return {
    get: () => all,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    add(files: readonly File[]) {
      const { large } = bySize(files);
      const added = files.map((file) => ({
        key: String(count++),
        file,
        progress: 0,
        ...(large.includes(file) && { error: tooLarge }),
      }));
      set([...all, ...added]);
      void run();
    },
    /** Takes a file off, or stops sending it. */
    cancel(key: string) {
      set(all.filter((each) => each.key !== key));
      if (running?.keys.includes(key)) running.abort.abort();
    },
    retry(key: string) {
      set(all.map((each) => (each.key === key ? { key, file: each.file, progress: 0 } : each)));
      void run();
    },
  };
}

/** A refusal names the file that it is about; one that does not is about all of them. */
function namedIn(batch: readonly FileUpload[], error: unknown): string[] {
  const detail = error instanceof AtriumError ? (error.problem?.detail ?? '') : '';
  const named = batch.filter(({ file }) => detail.startsWith(`${file.name}: `));
  return (named.length > 0 ? named : batch).map(({ key }) => key);
}
