import type { Message, StreamName } from '@atrium/protocol';
import { v7 as uuidv7 } from 'uuid';
import { type Database, isUniqueViolation } from '../../platform/database/index.ts';
import { problem } from '../../platform/operations/problem-error.ts';
import { type CommittedEvent, GroupCommit, type StreamHub } from '../../platform/stream/index.ts';
import { type MessageDraft, type Room, type WrittenMessage, writeMessages } from './message-writer-store.ts';
import { presentMessage } from './present.ts';
import type { RoomCache } from './room-cache.ts';

/** What someone wants to send. */
export type Outgoing = Pick<
  MessageDraft,
  'conversationId' | 'senderId' | 'clientMessageId' | 'type' | 'content' | 'replyTo'
>;

export interface Sent {
  message: Message;
  /** It had been sent before: the message is the one from then. */
  duplicate: boolean;
}

/** Decides whether the sender may send to the room; throws the refusal. */
export type MaySend = (room: Room | undefined, outgoing: Outgoing) => void | Promise<void>;

/** Another node's twin of a draft shows only when it commits; then the same statement recognises it. */
const MOST_TRIES = 5;

/** Writes messages: one statement for all that arrived while the last one was under way. */
export class MessageWriter {
  private readonly rooms: RoomCache;
  private readonly maySend: MaySend;
  private readonly database: Pick<Database, 'pool'>;
  private readonly hub: Pick<StreamHub, 'committed'>;
  private readonly writes: GroupCommit<MessageDraft, WrittenMessage | 'stale'>;
  private readonly underWay = new Map<string, Promise<Sent>>();

  constructor(deps: {
    rooms: RoomCache;
    maySend: MaySend;
    database: Pick<Database, 'pool'>;
    hub: Pick<StreamHub, 'committed'>;
  }) {
    this.rooms = deps.rooms;
    this.maySend = deps.maySend;
    this.database = deps.database;
    this.hub = deps.hub;
    this.writes = new GroupCommit({
      laneOf: (draft) => draft.conversationId,
      flush: (drafts) => this.flush(drafts),
    });
  }

  /**
   * Resolves when the message is durable and its readers on this node are being told.
   * @throws what maySend throws; `idempotency_mismatch` when the same clientMessageId was sent with something else
   */
  async send(outgoing: Outgoing): Promise<Sent> {
    const intent = `${outgoing.conversationId}/${outgoing.senderId}/${outgoing.clientMessageId}`;
    // A client that asks twice at once shares one write; a batch never holds the same intent twice.
    const earlier = this.underWay.get(intent);
    if (earlier !== undefined) {
      const sent = await earlier;
      refuseOther(outgoing, sent.message);
      return { ...sent, duplicate: true };
    }
    const writing = this.write(outgoing);
    this.underWay.set(intent, writing);
    try {
      return await writing;
    } finally {
      this.underWay.delete(intent);
    }
  }

  /** Resolves when everything under way is written. */
  drain(): Promise<void> {
    return this.writes.drain();
  }

  private async write(outgoing: Outgoing): Promise<Sent> {
    let room = await this.rooms.get(outgoing.conversationId);
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      room = await this.admit(room, outgoing);
      const written = await this.writes.add({ ...outgoing, id: uuidv7(), audienceSeq: room.audienceSeq });
      if (written !== 'stale') {
        const message = presentMessage(written);
        if (written.known) refuseOther(outgoing, message);
        return { message, duplicate: written.known };
      }
      room = await this.rooms.reload(outgoing.conversationId);
    }
    throw problem('unavailable', { retryAfterMs: 500 });
  }

  /** A refusal from memory may be out of date, so it is only final when the room has been read afresh. */
  private async admit(remembered: Room | undefined, outgoing: Outgoing): Promise<Room> {
    try {
      await this.maySend(remembered, outgoing);
      if (remembered !== undefined) return remembered;
    } catch {
      // Looked at again below.
    }
    const room = await this.rooms.reload(outgoing.conversationId);
    await this.maySend(room, outgoing);
    if (room === undefined) throw problem('not_found');
    return room;
  }

  private async flush(drafts: readonly MessageDraft[]): Promise<(WrittenMessage | 'stale')[]> {
    const rows = await this.writeAll(drafts);
    this.hub.committed(
      rows
        .filter((row) => !row.known)
        .map(toCommittedEvent)
        .sort(bySeq),
    );
    const byDraft = new Map(rows.map((row) => [row.n, row]));
    return drafts.map((_draft, at) => byDraft.get(at + 1) ?? 'stale');
  }

  private async writeAll(drafts: readonly MessageDraft[]): Promise<WrittenMessage[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await writeMessages(this.database.pool, drafts);
      } catch (error) {
        if (attempt >= MOST_TRIES || !isUniqueViolation(error)) throw error;
      }
    }
  }
}

function refuseOther(outgoing: Outgoing, message: Message): void {
  const same =
    message.content === outgoing.content && message.type === outgoing.type && message.replyTo === outgoing.replyTo;
  if (!same) throw problem('idempotency_mismatch');
}

function toCommittedEvent(row: WrittenMessage): CommittedEvent {
  const stream: StreamName = `conversation:${row.conversation_id}`;
  return {
    stream,
    seq: row.seq,
    type: 'message:receive',
    actorId: row.sender_id,
    body: { messageId: row.id },
    at: row.created_at,
    data: presentMessage(row),
  };
}

function bySeq(a: CommittedEvent, b: CommittedEvent): number {
  return a.seq - b.seq;
}
