/** The positions up to which a user has received and read a conversation. */
export interface Marks {
  deliveredSeq?: number;
  readSeq?: number;
}

export interface ReceiptMarksOptions {
  /** The marks that the server knows. */
  known(conversationId: string): Marks | undefined;
  send(conversationId: string, marks: Marks): Promise<unknown>;
  /** True if a failed call may be retried. */
  mayPass(error: unknown): boolean;
}

const EVERY_MS = 1_000;
/** Maximum number of conversations per second; the server's limit is 100 in 5 seconds. */
const AT_ONCE = 15;

/** Sends receipts to the server: only the latest mark, at most once a second for each conversation. */
export class ReceiptMarks {
  readonly #options: ReceiptMarksOptions;
  readonly #waiting = new Map<string, Marks>();
  readonly #sending = new Map<string, Promise<unknown>>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ReceiptMarksOptions) {
    this.#options = options;
  }

  /** Moves marks forward; marks that the server knows are left out. */
  mark(conversationId: string, marks: Marks): void {
    const known = this.#options.known(conversationId);
    const news = forward(known, forward(this.#waiting.get(conversationId), marks));
    if (news.deliveredSeq === undefined && news.readSeq === undefined) return;
    this.#waiting.set(conversationId, { ...this.#waiting.get(conversationId), ...news });
    this.#timer ??= setTimeout(() => this.#flush(), 0);
  }

  /** Sends the pending marks of a conversation now. Resolves when no call for it is running. */
  async settle(conversationId: string): Promise<void> {
    const marks = this.#waiting.get(conversationId);
    this.#waiting.delete(conversationId);
    await this.#sending.get(conversationId);
    if (marks !== undefined) await this.#send(conversationId, marks);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting.clear();
  }

  #flush(): void {
    this.#timer = undefined;
    const due = [...this.#waiting].slice(0, AT_ONCE);
    for (const [conversationId, marks] of due) {
      this.#waiting.delete(conversationId);
      void this.#send(conversationId, marks);
    }
    if (due.length > 0) this.#timer = setTimeout(() => this.#flush(), EVERY_MS);
  }

  #send(conversationId: string, marks: Marks): Promise<unknown> {
    const sending = this.#options
      .send(conversationId, marks)
      .catch((error: unknown) => {
        if (this.#options.mayPass(error)) this.mark(conversationId, marks);
      })
      .finally(() => {
        if (this.#sending.get(conversationId) === sending) this.#sending.delete(conversationId);
      });
    this.#sending.set(conversationId, sending);
    return sending;
  }
}

/** Those of the marks that are beyond the current ones. */
function forward(there: Marks | undefined, { deliveredSeq, readSeq }: Marks): Marks {
  return {
    ...(deliveredSeq !== undefined && deliveredSeq > (there?.deliveredSeq ?? -1) ? { deliveredSeq } : {}),
    ...(readSeq !== undefined && readSeq > (there?.readSeq ?? -1) ? { readSeq } : {}),
  };
}
