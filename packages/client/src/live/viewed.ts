import { sizes } from '@atrium/protocol/routes';
import { AtriumError, isTransient } from '../error.ts';

export interface ViewedOptions {
  /** Over the live connection only: the report lasts as long as the connection. */
  tell(ids: string[]): Promise<unknown>;
  /** Whether the window is visible and has the focus. */
  isLookedAt(): boolean;
  onError(error: unknown): void;
}

/** Simultaneous changes share a call: one screen replaces another. */
const GATHER_MS = 100;

/** The objects on the screen: reported to the server while the window has the focus, and again on each connection. */
export class Viewed {
  readonly #options: ViewedOptions;
  /** The number of views that show each. */
  readonly #shown = new Map<string, number>();
  #told = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOnline = false;

  constructor(options: ViewedOptions) {
    this.#options = options;
  }

  /** @returns a function that removes it; further calls do nothing */
  show(id: string): () => void {
    this.#shown.set(id, (this.#shown.get(id) ?? 0) + 1);
    this.changed();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const left = (this.#shown.get(id) ?? 1) - 1;
      if (left > 0) this.#shown.set(id, left);
      else this.#shown.delete(id);
      this.changed();
    };
  }

  /** A new connection has reported nothing. */
  online(): void {
    this.#isOnline = true;
    this.#told = '';
    this.#tell();
  }

  offline(): void {
    this.#isOnline = false;
  }

  /** An object was added or removed, or the focus of the window changed. */
  changed(): void {
    this.#timer ??= setTimeout(() => this.#tell(), GATHER_MS);
  }

  clear(): void {
    this.#shown.clear();
    this.#isOnline = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isOnline) return;
    // The most recent ones, if there are too many.
    const ids = this.#options.isLookedAt() ? [...this.#shown.keys()].slice(-sizes.viewed) : [];
    const said = ids.join();
    if (said === this.#told) return;
    this.#told = said;
    this.#options.tell(ids).catch((error: unknown) => {
      const isGone = error instanceof AtriumError && error.code === 'closed';
      if (!isTransient(error) && !isGone) this.#options.onError(error);
    });
  }
}
