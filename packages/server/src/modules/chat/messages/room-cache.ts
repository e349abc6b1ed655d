import type { Executor } from '../../../platform/database/index.ts';
import { type Room, readRoom } from './message-writer-store.ts';

const MOST_ROOMS = 10_000;

/**
 * Rooms as this node remembers them, so that sending asks the database nothing beforehand. A memory that has gone
 * stale does no harm: every write checks the room's audience_seq in the same statement.
 */
export class RoomCache {
  private readonly db: Executor;
  private readonly rooms = new Map<string, Promise<Room | undefined>>();

  constructor(db: Executor) {
    this.db = db;
  }

  /** The room, from memory if it is there; undefined when the conversation is gone. */
  get(conversationId: string): Promise<Room | undefined> {
    const remembered = this.rooms.get(conversationId);
    return remembered ?? this.reload(conversationId);
  }

  /** The room as it is now. */
  reload(conversationId: string): Promise<Room | undefined> {
    const reading = readRoom(this.db, conversationId);
    this.rooms.delete(conversationId);
    this.rooms.set(conversationId, reading);
    this.forgetOldest();
    reading.then(
      (room) => {
        if (room === undefined) this.forget(conversationId, reading);
      },
      () => this.forget(conversationId, reading),
    );
    return reading;
  }

  private forget(conversationId: string, reading: Promise<unknown>): void {
    if (this.rooms.get(conversationId) === reading) this.rooms.delete(conversationId);
  }

  private forgetOldest(): void {
    const [oldest] = this.rooms.keys();
    if (this.rooms.size > MOST_ROOMS && oldest !== undefined) this.rooms.delete(oldest);
  }
}
