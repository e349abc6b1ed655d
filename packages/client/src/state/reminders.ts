import type { EventData, Reminder, Snapshot } from '@atrium/protocol';
import { type ById, byId, without } from './by-id.ts';
import type { Slice } from './slice.ts';

export interface RemindersState {
  /** Open reminders for me or created by me. */
  readonly reminders: ById<Reminder>;
}

/** Reminders that are no longer open are removed from the state. */
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
