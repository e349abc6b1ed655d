import { randomId } from '../uuid.ts';

/** A draft in the form that is sent to the server. */
export interface DraftInput {
  conversationId: string;
  threadId?: string;
  content: string;
  /** The `clientMessageId` of the message that it will become. */
  sendAs: string;
}

/** The `sendAs` of the draft shown in a conversation or thread, if any. */
export type ShownDraft = (conversationId: string, threadId?: string) => string | undefined;

/** The draft of one conversation or thread. */
interface DraftSlot {
  readonly sendAs: string;
  /** The call of the previous draft, if it is still running. */
  former?: Promise<unknown>;
  /** The newest content that is not sent yet. */
  next?: DraftInput;
  /** The newest content. */
  newest?: DraftInput;
  keeping?: Promise<void>;
}

/**
 * Saves drafts: one call at a time for each conversation or thread, and then only the newest content, so that an older
 * one never overwrites it. Each draft has the id of the message that it will become, by which the server recognizes
 * late ones. A draft that was begun in another session is continued with its id.
 */
export class Drafts {
  readonly #keep: (draft: DraftInput) => Promise<unknown>;
  readonly #shown: ShownDraft;
  readonly #slots = new Map<string, DraftSlot>();
  /** The message last sent from each slot: its draft may still be shown for a moment. */
  readonly #sent = new Map<string, string>();

  constructor(keep: (draft: DraftInput) => Promise<unknown>, shown: ShownDraft) {
    this.#keep = keep;
    this.#shown = shown;
  }

  /** Resolves when this or newer content is saved. Rejects like the call. */
  set(conversationId: string, content: string, threadId?: string): Promise<void> {
    const slot = this.#slotOf(conversationId, threadId);
    this.#slots.set(keyOf(conversationId, threadId), slot);
    const { sendAs } = slot;
    slot.newest = { conversationId, content, sendAs, ...(threadId === undefined ? {} : { threadId }) };
    slot.next = slot.newest;
    slot.keeping ??= this.#send(slot);
    return slot.keeping;
  }

  /** Ends the draft, and returns the id of the message that it becomes. */
  take(conversationId: string, threadId?: string): string {
    const slot = this.#slotOf(conversationId, threadId);
    this.#leave(keyOf(conversationId, threadId), slot);
    return slot.sendAs;
  }

  /**
   * Ends the draft of a sent message, in whichever session it was sent. Content that was written here in the meantime
   * and is not saved yet is a new draft, because that session did not know it.
   */
  sent(clientMessageId: string, content: string): void {
    for (const [key, slot] of [...this.#slots].filter(([, { sendAs }]) => sendAs === clientMessageId)) {
      const more = isBusy(slot) ? slot.newest : undefined;
      this.#leave(key, slot);
      if (more === undefined || more.content.trim() === '' || more.content === content) continue;
      // The caller of `set` gets the result; nobody awaits this call.
      this.set(more.conversationId, more.content, more.threadId).catch(() => undefined);
    }
  }

  /** A new snapshot was loaded: it replaces drafts that are not being saved. */
  shownAfresh(): void {
    for (const [key, slot] of this.#slots) if (!isBusy(slot)) this.#slots.delete(key);
  }

  /** Deletes everything: another user signs in. */
  clear(): void {
    for (const slot of this.#slots.values()) delete slot.next;
    this.#slots.clear();
    this.#sent.clear();
  }

  /** A draft that is being saved is newer than the shown one; otherwise another session may have changed it. */
  #slotOf(conversationId: string, threadId: string | undefined): DraftSlot {
    const key = keyOf(conversationId, threadId);
    const slot = this.#slots.get(key);
    if (slot !== undefined && isBusy(slot)) return slot;
    const shown = this.#shown(conversationId, threadId);
    if (shown === undefined || shown === this.#sent.get(key)) return slot ?? { sendAs: randomId() };
    return slot?.sendAs === shown ? slot : { sendAs: shown };
  }

  #leave(key: string, slot: DraftSlot): void {
    this.#sent.set(key, slot.sendAs);
    this.#slots.delete(key);
    delete slot.next;
    const former = slot.keeping?.catch(() => undefined);
    if (former !== undefined) this.#slots.set(key, { sendAs: randomId(), former });
  }

  async #send(slot: DraftSlot): Promise<void> {
    try {
      if (slot.former !== undefined) await slot.former;
      delete slot.former;
      for (let { next } = slot; next !== undefined; { next } = slot) {
        delete slot.next;
        await this.#keep(next).catch((error: unknown) => {
          // A refusal does not matter if newer content is waiting.
          if (slot.next === undefined) throw error;
        });
      }
    } finally {
      // In the same turn as the last check of `next`, so that later content starts a new call.
      delete slot.keeping;
    }
  }
}

function isBusy({ former, keeping }: DraftSlot): boolean {
  return keeping !== undefined || former !== undefined;
}

function keyOf(conversationId: string, threadId = ''): string {
  return `${conversationId} ${threadId}`;
}
