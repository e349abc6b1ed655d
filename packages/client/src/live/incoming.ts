import type { StreamName } from '@atrium/protocol';
import type { ClientEvents } from '../client-events.ts';
import type { ClientState } from '../client-state.ts';
import type { Emitter } from '../emitter.ts';
import type { AtriumError } from '../error.ts';
import type { History } from '../history.ts';
import type { People } from '../people.ts';
import type { ReceiptMarks } from '../receipts.ts';
import type { Sender } from '../sending/sender.ts';
import type { LiveEvent, VolatileEvent } from '../state/event.ts';
import type { LiveFeed } from '../state/live-feed.ts';
import type { StateView } from '../state-view.ts';
import type { ConnectionStatus } from './connection.ts';
import type { VolatileKeeper } from './volatile-keeper.ts';

/** The receivers of incoming events. */
export interface IncomingOptions {
  feed: Pick<LiveFeed, 'state'>;
  history: History;
  marks: ReceiptMarks;
  people: People;
  sender: Sender;
  volatile: VolatileKeeper;
  view: StateView<ClientState>;
  events: Emitter<ClientEvents>;
  /** Whether delivery receipts are sent automatically. */
  tellsDelivered: boolean;
}

/** Passes incoming events to all parts of the client, and then to listeners. */
export class Incoming {
  readonly #options: IncomingOptions;

  constructor(options: IncomingOptions) {
    this.#options = options;
  }

  /** Events that were applied, in order. */
  applied(events: readonly LiveEvent[]): void {
    const { events: emitter, feed, history, people, sender, view } = this.#options;
    for (const event of events) {
      history.observe(event);
      if (event.type === 'message:receive') this.#message(event.data);
      emitter.emit('event', event);
    }
    if (events.length === 0) return;
    people.observe(feed.state);
    sender.settle();
    view.changed();
  }

  /** The state was replaced by a snapshot, and with it these streams. */
  reset(streams: readonly StreamName[]): void {
    const { events, feed, marks, people, sender, tellsDelivered, view } = this.#options;
    const { conversations, me } = feed.state;
    for (const { id, lastMessage } of tellsDelivered ? Object.values(conversations) : []) {
      if (lastMessage && lastMessage.senderId !== me?.id) marks.mark(id, { deliveredSeq: lastMessage.seq });
    }
    people.observe(feed.state);
    sender.reset();
    view.changed();
    events.emit('reset', streams);
  }

  /** A volatile event. */
  received(event: VolatileEvent): void {
    this.#options.volatile.receive(event);
    this.#options.events.emit('volatile', event);
  }

  /** The connection was opened or closed. */
  status(status: ConnectionStatus, error: AtriumError | undefined): void {
    const { events, view, volatile } = this.#options;
    if (status !== 'online') volatile.clear();
    view.changed();
    events.emit('status', { status, error });
  }

  #message(message: Extract<LiveEvent, { type: 'message:receive' }>['data']): void {
    const { feed, marks, sender, tellsDelivered, volatile } = this.#options;
    const { conversationId, senderId, seq } = message;
    if (senderId === feed.state.me?.id) sender.arrived(message);
    else if (tellsDelivered) marks.mark(conversationId, { deliveredSeq: seq });
    volatile.sent(conversationId, senderId);
  }
}
