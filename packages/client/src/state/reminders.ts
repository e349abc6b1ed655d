import type { EventData, Reminder, Snapshot } from '@atrium/protocol';
import { type ById, byId, without } from './by-id.ts';
import type { Slice } from './slice.ts';

export interface RemindersState {
  /** Open reminders that remind me, or that I created. */
  readonly reminders: ById<Reminder>;
}

/** What is no longer open leaves the state. */
const changed = ({ reminders: known }: RemindersState, { reminder }: EventData['reminder:updated']) => ({
  reminders: reminder.status === 'open' ? { ...known, [reminder.id]: reminder } : without(known, reminder.id),
});

export const reminders = {
  empty: { reminders: {} },
  fromSnapshot: (snapshot: Snapshot): RemindersState => ({ reminders: byId(snapshot.reminders, ({ id }) => id) }),
  reducers: {
    'reminder:created': changed,
    'reminder:updated': changed,
    'reminder:due': changed,
    'reminder:deleted': ({ reminders: known }, { reminderId }) => ({ reminders: without(known, reminderId) }),
  },
} satisfies Slice<RemindersState>;
