import type { Work } from '../../../platform/module/index.ts';
import { contactsById, usersById } from '../../identity/index.ts';
import { type DeliveryHandler, type DeliveryOutcome, type DeliveryRow, notify } from '../../notifications/index.ts';
import type { ReminderRow } from '../rows/tables.ts';
import { REMINDER } from '../timing/plan.ts';
import { type Found, findSubject } from './access.ts';
import { advance, lockDue, withdrawUnseen } from './advance.ts';
import { shownTime } from './shown-time.ts';

const MINUTE_MS = 60_000;
/** The delay from which on the text says that it is late. */
const LATE_MS = 2 * MINUTE_MS;
/** The delay from which on it is only listed as a notification. */
const TOO_LATE_MS = 12 * 60 * MINUTE_MS;

function linkOf({ task, message }: Found): string {
  if (task !== undefined) return `/tasks/${task.id}`;
  return message === undefined ? '/reminders' : `/c/${message.conversationId}?at=${message.seq}`;
}

/** The text of the reminder, then its subject. */
function bodyOf({ message }: ReminderRow, { task }: Found, late: string | undefined): string {
  const parts = [message, task?.title].filter((part) => part !== undefined && part !== '');
  const words = parts.length === 0 ? 'You wanted to come back to a message.' : parts.join(' · ');
  return late === undefined ? words : `${words} (${late})`;
}

async function remind(work: Work, delivery: DeliveryRow): Promise<DeliveryOutcome> {
  const row = await lockDue(work, delivery);
  if (row === undefined) return { state: 'withdrawn', reason: 'moved' };
  const found = await findSubject(work.tx, row);
  if (found === undefined) return await withdrawUnseen(work, row);
  const { account_id: accountId, created_by: creatorId, type } = row;
  const creator = accountId === creatorId ? undefined : (await usersById(work.tx, [creatorId])).get(creatorId);
  const zone = (await contactsById(work.tx, [accountId])).get(accountId)?.timezone ?? row.zone;
  const lateMs = work.now.getTime() - delivery.due_at.getTime();
  const late = lateMs > LATE_MS ? `late: it was due ${shownTime(delivery.due_at, zone)}` : undefined;
  const rings = lateMs <= TOO_LATE_MS;
  await advance(work, row, delivery);
  await notify(work, [
    {
      accountId,
      type: 'reminder',
      cause: 'reminder',
      title: creator === undefined ? 'Reminder' : `Reminder from ${creator.name}`,
      body: bodyOf(row, found, late),
      link: linkOf(found),
      channels: { mail: rings && type !== 'push', push: rings && type !== 'email' },
      urgent: true,
      ...(creator && { actorId: creatorId }),
      ...(row.workspace_id !== null && { workspaceId: row.workspace_id }),
      ...(found.task && { taskId: found.task.id }),
    },
  ]);
  return { state: 'sent', ...(late !== undefined && { reason: 'late' }) };
}

/** Reminds a person, in the transaction that marks it as sent and plans the next occurrence. */
export const remindHandler: DeliveryHandler = { kind: REMINDER, channel: 'app', write: remind };
