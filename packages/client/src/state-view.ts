/** The combined state, created on demand; simultaneous changes are announced once. */
export class StateView<State> {
  readonly #read: () => State;
  readonly #tell: (state: State) => void;
  #current: State | undefined;
  #isDue = false;

  constructor(read: () => State, tell: (state: State) => void) {
    this.#read = read;
    this.#tell = tell;
  }

  /** The same object until something changes. */
  get current(): State {
    this.#current ??= this.#read();
    return this.#current;
  }

  changed(): void {
    this.#current = undefined;
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      this.#tell(this.current);
    });
  }
}
