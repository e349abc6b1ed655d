import type { Presence } from '@atrium/protocol';
import { stopTyping } from '../state/chat/typing.ts';
import type { VolatileEvent } from '../state/event.ts';
import { applyVolatile, expire, nextEnd, noVolatileState, type VolatileState } from '../state/volatile.ts';

/** Holds volatile state, and removes it when it expires. */
export class VolatileKeeper {
  readonly #now: () => number;
  readonly #onChange: () => void;
  #state = noVolatileState;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param now the server's clock, in milliseconds */
  constructor(now: () => number, onChange: () => void) {
    this.#now = now;
    this.#onChange = onChange;
  }

  get state(): VolatileState {
    return this.#state;
  }

  receive(event: VolatileEvent): void {
    this.#set(expire(applyVolatile(this.#state, event), this.#now()));
  }

  sent(conversationId: string, userId: string): void {
    this.#set(stopTyping(this.#state, conversationId, userId));
  }

  addPresence(list: readonly Presence[]): void {
    const presence = { ...this.#state.presence, ...Object.fromEntries(list.map((each) => [each.userId, each])) };
    this.#set({ ...this.#state, presence });
  }

  /** Events during a lost connection are unknown. */
  clear(): void {
    this.#set(noVolatileState);
  }

  #set(state: VolatileState): void {
    if (state === this.#state) return;
    this.#state = state;
    clearTimeout(this.#timer);
    const end = nextEnd(state);
    if (end !== undefined) {
      const wait = Math.max(0, end - this.#now()) + 1;
      this.#timer = setTimeout(() => this.#set(expire(this.#state, this.#now())), wait);
    }
    this.#onChange();
  }
}
