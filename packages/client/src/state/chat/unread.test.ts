import type { Receipt, ReceiptRewind, ReceiptStep, Snapshot } from '@atrium/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  ann,
  bob,
  conversation,
  event,
  message,
  mine,
  ofConversation,
  ofWorkspace,
  snapshot,
} from '../../../test/fixtures.ts';
import type { LiveEvent } from '../event.ts';
import { replay } from '../live-feed.ts';
import { fromSnapshot } from '../live-state.ts';

type Step = { send: 'ann' | 'bob' } | { read: number } | { unread: number };

const steps = fc.array(
  fc.oneof(
    fc.record({ send: fc.constantFrom('ann' as const, 'bob' as const) }),
    fc.record({ read: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ unread: fc.double({ min: 0, max: 1, noNaN: true }) }),
  ) satisfies fc.Arbitrary<Step>,
  { maxLength: 60 },
);

/** A conversation as stored by a server: every message, and Ann's read position. */
class Reference {
  readonly events: LiveEvent[] = [];
  readonly #messages: { seq: number; senderId: string }[] = [];
  readonly #heads = { conversation: 0, mine: 0 };
  readonly #hidesReceipts: boolean;
  #readSeq = 0;
  #deliveredSeq = 0;

  constructor(hidesReceipts: boolean) {
    this.#hidesReceipts = hidesReceipts;
  }

  do(step: Step): void {
    if ('send' in step) {
      const seq = ++this.#heads.conversation;
      const senderId = step.send === 'ann' ? ann.id : bob.id;
      this.#messages.push({ seq, senderId });
      this.events.push(event(ofConversation, seq, 'message:receive', message(seq, senderId)));
      return;
    }
    const former = this.#readSeq;
    if ('read' in step) {
      this.#readSeq = Math.max(former, Math.round(step.read * this.#heads.conversation));
      this.#deliveredSeq = Math.max(this.#deliveredSeq, this.#readSeq);
      const newlyRead = this.#unreadAfter(former).length - this.#unreadAfter(this.#readSeq).length;
      this.#tell('message:ack', { ...this.#receipt(), newlyRead });
      return;
    }
    this.#readSeq = Math.min(former, Math.round(step.unread * this.#heads.conversation));
    const unreadSeqs = this.#unreadAfter(this.#readSeq).filter((seq) => seq <= former);
    this.#tell('message:unread', { ...this.#receipt(), unreadSeqs, mentions: [] });
  }

  #tell(type: 'message:ack' | 'message:unread', receipt: ReceiptStep | ReceiptRewind): void {
    const data = { conversationId: conversation.id, receipts: [receipt] } as never;
    this.events.push(
      this.#hidesReceipts
        ? event(mine, ++this.#heads.mine, type, data)
        : event(ofConversation, ++this.#heads.conversation, type, data),
    );
  }

  snapshot(): Snapshot {
    const last = this.#messages.at(-1);
    const state = {
      ...conversation,
      receipts: [this.#receipt(), conversation.receipts[1]!],
      lastMessage: last ? message(last.seq, last.senderId) : null,
      unread: this.#unreadAfter(this.#readSeq).length,
    };
    const asOf = { [mine]: this.#heads.mine, [ofWorkspace]: 0, [ofConversation]: this.#heads.conversation };
    return snapshot({ asOf, conversations: [state] });
  }

  #receipt(): Receipt {
    return { userId: ann.id, deliveredSeq: this.#deliveredSeq, readSeq: this.#readSeq };
  }

  #unreadAfter(seq: number): number[] {
    return this.#messages.filter((each) => each.seq > seq && each.senderId !== ann.id).map((each) => each.seq);
  }
}

it('an old snapshot with later events equals the new snapshot, in whatever order the streams arrive', () => {
  fc.assert(
    fc.property(steps, fc.nat(60), fc.boolean(), fc.infiniteStream(fc.boolean()), (all, cut, hides, coin) => {
      const reference = new Reference(hides);
      let old = reference.snapshot();
      all.forEach((step, at) => {
        if (at === cut) old = reference.snapshot();
        reference.do(step);
      });
      const own = reference.events.filter(({ meta }) => meta.stream === mine);
      const others = reference.events.filter(({ meta }) => meta.stream !== mine);
      const merged: LiveEvent[] = [];
      while (own.length > 0 || others.length > 0) {
        const takeOwn = others.length === 0 || (own.length > 0 && coin.next().value === true);
        merged.push((takeOwn ? own : others).shift()!);
      }
      expect(replay(old, merged)).toEqual(fromSnapshot(reference.snapshot()));
    }),
    { numRuns: 300 },
  );
});
