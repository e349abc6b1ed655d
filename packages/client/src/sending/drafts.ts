import { randomId } from '../uuid.ts';

/** A draft as the server takes it. */
export interface DraftInput {
  conversationId: string;
  threadId?: string;
  content: string;
  /** The message that it is to become, by its `clientMessageId`. */
  sendAs: string;
}

interface Place {
  readonly sendAs: string;
  /** Of the draft before it, which is on its way still. */
  former?: Promise<unknown>;
  /** The newest that was not sent off yet. */
  next?: DraftInput;
  keeping?: Promise<void>;
}

/**
 * Keeps what is being written: in each place one call at a time, and then the newest only, so that no older one comes
 * after it. Each carries the id of the message that it is to become, by which the server knows one that comes too late.
 */
export class Drafts {
  readonly #keep: (draft: DraftInput) => Promise<unknown>;
  readonly #places = new Map<string, Place>();

  constructor(keep: (draft: DraftInput) => Promise<unknown>) {
    this.#keep = keep;
  }

  /** Resolves when this, or something newer, is kept. Rejects as the call does. */
  set(conversationId: string, content: string, threadId?: string): Promise<void> {
    const key = keyOf(conversationId, threadId);
    const place = this.#places.get(key) ?? { sendAs: randomId() };
    this.#places.set(key, place);
    const { sendAs } = place;
    place.next = { conversationId, content, sendAs, ...(threadId === undefined ? {} : { threadId }) };
    place.keeping ??= this.#send(place).finally(() => {
      delete place.keeping;
    });
    return place.keeping;
  }

  /** The id under which the draft of a place is sent now. What is written there from now on is another one. */
  take(conversationId: string, threadId?: string): string {
    const key = keyOf(conversationId, threadId);
    const place = this.#places.get(key);
    this.#places.delete(key);
    if (place === undefined) return randomId();
    delete place.next;
    const former = place.keeping?.catch(() => undefined);
    if (former !== undefined) this.#places.set(key, { sendAs: randomId(), former });
    return place.sendAs;
  }

  /** Forgets everything: somebody else signs in. */
  clear(): void {
    for (const place of this.#places.values()) delete place.next;
    this.#places.clear();
  }

  async #send(place: Place): Promise<void> {
    if (place.former !== undefined) await place.former;
    delete place.former;
    for (let { next } = place; next !== undefined; { next } = place) {
      delete place.next;
      await this.#keep(next);
    }
  }
}

function keyOf(conversationId: string, threadId = ''): string {
  return `${conversationId} ${threadId}`;
}
