import { randomId } from '../uuid.ts';

/** A draft as the server takes it. */
export interface DraftInput {
  conversationId: string;
  threadId?: string;
  content: string;
  /** The message that it is to become, by its `clientMessageId`. */
  sendAs: string;
}

/** The message that the draft shown at a place is to become; undefined where none is, or none that names one. */
export type ShownDraft = (conversationId: string, threadId?: string) => string | undefined;

interface Place {
  readonly sendAs: string;
  /** Of the draft before it, which is on its way still. */
  former?: Promise<unknown>;
  /** The newest that was not sent off yet. */
  next?: DraftInput;
  /** The newest that was written here. */
  newest?: DraftInput;
  keeping?: Promise<void>;
}

/**
 * Keeps what is being written: in each place one call at a time, and then the newest only, so that no older one comes
 * after it. Each carries the id of the message that it is to become, by which the server knows one that comes too late;
 * a draft that another session has begun is gone on with under its id.
 */
export class Drafts {
  readonly #keep: (draft: DraftInput) => Promise<unknown>;
  readonly #shown: ShownDraft;
  readonly #places = new Map<string, Place>();
  /** By place the message that was sent last: its draft may be shown for a moment still. */
  readonly #sent = new Map<string, string>();

  constructor(keep: (draft: DraftInput) => Promise<unknown>, shown: ShownDraft) {
    this.#keep = keep;
    this.#shown = shown;
  }

  /** Resolves when this, or something newer, is kept. Rejects as the call does. */
  set(conversationId: string, content: string, threadId?: string): Promise<void> {
    const place = this.#placeOf(conversationId, threadId);
    this.#places.set(keyOf(conversationId, threadId), place);
    const { sendAs } = place;
    place.newest = { conversationId, content, sendAs, ...(threadId === undefined ? {} : { threadId }) };
    place.next = place.newest;
    place.keeping ??= this.#send(place);
    return place.keeping;
  }

  /** The id under which the draft of a place is sent now. What is written there from now on is another one. */
  take(conversationId: string, threadId?: string): string {
    const place = this.#placeOf(conversationId, threadId);
    this.#leave(keyOf(conversationId, threadId), place);
    return place.sendAs;
  }

  /**
   * A message of mine is there: the draft that it was is over, whichever session has sent it. What was written here
   * meanwhile, and is not kept yet, is another draft: that session did not know of it.
   */
  sent(clientMessageId: string, content: string): void {
    for (const [key, place] of [...this.#places].filter(([, { sendAs }]) => sendAs === clientMessageId)) {
      const more = isBusy(place) ? place.newest : undefined;
      this.#leave(key, place);
      if (more === undefined || more.content.trim() === '' || more.content === content) continue;
      // Who has called for it was answered, or will be; there is nobody to be told.
      this.set(more.conversationId, more.content, more.threadId).catch(() => undefined);
    }
  }

  /** What is shown was read afresh: it counts wherever nothing is on its way. */
  shownAfresh(): void {
    for (const [key, place] of this.#places) if (!isBusy(place)) this.#places.delete(key);
  }

  /** Forgets everything: somebody else signs in. */
  clear(): void {
    for (const place of this.#places.values()) delete place.next;
    this.#places.clear();
    this.#sent.clear();
  }

  /** Where something is on its way it is newer than what is shown; otherwise another session may have written since. */
  #placeOf(conversationId: string, threadId: string | undefined): Place {
    const key = keyOf(conversationId, threadId);
    const place = this.#places.get(key);
    if (place !== undefined && isBusy(place)) return place;
    const shown = this.#shown(conversationId, threadId);
    if (shown === undefined || shown === this.#sent.get(key)) return place ?? { sendAs: randomId() };
    return place?.sendAs === shown ? place : { sendAs: shown };
  }

  #leave(key: string, place: Place): void {
    this.#sent.set(key, place.sendAs);
    this.#places.delete(key);
    delete place.next;
    const former = place.keeping?.catch(() => undefined);
    if (former !== undefined) this.#places.set(key, { sendAs: randomId(), former });
  }

  async #send(place: Place): Promise<void> {
    try {
      if (place.former !== undefined) await place.former;
      delete place.former;
      for (let { next } = place; next !== undefined; { next } = place) {
        delete place.next;
        await this.#keep(next).catch((error: unknown) => {
          // What was refused is out of date where something newer waits.
          if (place.next === undefined) throw error;
        });
      }
    } finally {
      // At once with the last look at what waits: what comes later has to be sent off anew.
      delete place.keeping;
    }
  }
}

function isBusy({ former, keeping }: Place): boolean {
  return keeping !== undefined || former !== undefined;
}

function keyOf(conversationId: string, threadId = ''): string {
  return `${conversationId} ${threadId}`;
}
