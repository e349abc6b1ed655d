import type { Database } from '../../../platform/database/index.ts';
import { holdExisting } from '../../identity/index.ts';
import { saveLastActions } from './store.ts';

const SAVE_EVERY_MS = 20_000;

/** Calls that clients make on their own do not count as activity. */
const AUTOMATIC: ReadonlySet<string> = new Set([
  'auth.refresh',
  'messages.ack',
  'notifications.view',
  'presence.set',
  'timers.join',
  'timers.leave',
]);

/** Keeps the time of users' last actions in memory and saves it every 20 s, so that no command has to write it. */
export class LastActions {
  private readonly unsaved = new Map<string, number>();
  private readonly database: Pick<Database, 'transaction'>;

  constructor(database: Pick<Database, 'transaction'>) {
    this.database = database;
  }

  /** Notes a command of a user. */
  note(userId: string, operation: string, at: Date): void {
    if (!AUTOMATIC.has(operation)) this.unsaved.set(userId, at.getTime());
  }

  /** Saves new activity. What cannot be saved is retried later. */
  async save(): Promise<void> {
    if (this.unsaved.size === 0) return;
    const batch = new Map(this.unsaved);
    this.unsaved.clear();
    try {
      await this.database.transaction(async (tx) => {
        // Deleting the account was an action as well.
        const existing = new Set(await holdExisting(tx, [...batch.keys()]));
        await saveLastActions(tx, new Map([...batch].filter(([userId]) => existing.has(userId))));
      });
    } catch (error) {
      for (const [userId, at] of batch) if (!this.unsaved.has(userId)) this.unsaved.set(userId, at);
      throw error;
    }
  }

  /** @returns a function that stops it and saves the rest */
  start(onError: (error: unknown) => void): () => Promise<void> {
    const timer = setInterval(() => this.save().catch(onError), SAVE_EVERY_MS);
    timer.unref();
    return async () => {
      clearInterval(timer);
      await this.save();
    };
  }
}
