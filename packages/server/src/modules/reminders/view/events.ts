import type { StreamName } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import type { Work } from '../../../platform/module/index.ts';
import type { Renderers } from '../../../platform/stream/index.ts';
import { presentReminder } from '../rows/present.ts';
import { remindersById } from '../rows/reminder-store.ts';
import type { ReminderRow } from '../rows/tables.ts';

type Told = 'reminder:created' | 'reminder:updated' | 'reminder:due';

declare module '../../../platform/stream/index.ts' {
  interface RenderedBodies {
    'reminder:created': { reminderId: string };
    'reminder:updated': { reminderId: string };
    'reminder:due': { reminderId: string };
  }
}

/** Renders reminders in their current state; deleted ones are not shown. */
async function render(db: Executor, events: readonly { body: { reminderId: string } }[]) {
  const rows = await remindersById(
    db,
    events.map(({ body }) => body.reminderId),
  );
  return events.map(({ body }) => {
    const row = rows.get(body.reminderId);
    return row === undefined ? null : { reminder: presentReminder(row) };
  });
}

export const reminderRenderers: Renderers = {
  'reminder:created': render,
  'reminder:updated': render,
  'reminder:due': render,
};

type Parties = Pick<ReminderRow, 'id' | 'account_id' | 'created_by'>;

const streamsOf = ({ account_id, created_by }: Parties): StreamName[] =>
  [...new Set([account_id, created_by])].map((id): StreamName => `user:${id}`);

/** Tells the recipient and the creator. */
export function publishReminder({ append }: Pick<Work, 'append'>, type: Told, row: Parties): void {
  for (const stream of streamsOf(row)) append(stream, type, { reminderId: row.id });
}

/** Tells them that it was deleted. */
export function publishDeleted({ append }: Pick<Work, 'append'>, row: Parties): void {
  for (const stream of streamsOf(row)) append(stream, 'reminder:deleted', { reminderId: row.id });
}
