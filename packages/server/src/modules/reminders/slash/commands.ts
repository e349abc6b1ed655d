import { type Reminder, reminders } from '@atrium/protocol';
import type { Clock } from '../../../platform/clock/index.ts';
import { channelByName } from '../../chat/index.ts';
import { meOf } from '../../identity/index.ts';
import { misused, type SlashCall, type SlashCommand } from '../../slash/index.ts';
import { memberByUsername } from '../../workspaces/index.ts';
import { shownTime } from '../delivering/shown-time.ts';
import { parseReminder, type Target } from './parse.ts';

const USAGE =
  'usage: /remind me|@member|#channel text in 20 minutes | tomorrow 9:00 | every monday; /remind list; /remind cancel N';
const MOST_LISTED = 50;

/** Resolves a target to the input of the operation, and to its text in the answer. */
async function resolve({ db, workspaceId, userId }: SlashCall, target: Target) {
  switch (target.kind) {
    case 'me':
      return { input: {}, said: 'you' };
    case 'person': {
      const { username } = target;
      const id = await memberByUsername(db, { workspaceId, viewerId: userId, username });
      if (id === undefined) throw misused(`nobody in this workspace is called @${username}`);
      return { input: { userId: id }, said: `@${username}` };
    }
    case 'channel': {
      const conversationId = await channelByName(db, { workspaceId, userId, name: target.name });
      if (conversationId === undefined) throw misused(`you are not in a channel called #${target.name}`);
      return { input: { conversationId }, said: `#${target.name}` };
    }
  }
}

function adjustment({ adjusted, localTime }: Reminder): string {
  if (adjusted === null || localTime === null) return '';
  const time = localTime.slice(11);
  return adjusted === 'skipped'
    ? ` The clock skips ${time} on that day.`
    : ` The clock shows ${time} twice on that day: it comes the first time.`;
}

async function create(slashCall: SlashCall, now: Date) {
  const { args, call, db, userId } = slashCall;
  const { timezone } = await meOf(db, userId);
  const typed = parseReminder(args, now, timezone);
  if (typed === undefined || typed.message === '') throw misused(USAGE);
  if (typed.time === undefined) throw misused(`no time found; ${USAGE}`);
  const { input, said } = await resolve(slashCall, typed.target);
  const { words, ...time } = { words: undefined, ...typed.time };
  const reminder = await call(reminders.create, { ...input, ...time, message: typed.message });
  const when = shownTime(new Date(reminder.scheduledAt ?? now), timezone);
  const every = words === undefined ? '' : `, ${words}`;
  return { notice: `I will remind ${said} on ${when}${every}: "${reminder.message}".${adjustment(reminder)}` };
}

/** The caller's open reminders, in the order of their numbers. */
const open = async ({ call }: SlashCall) => (await call(reminders.list, { limit: MOST_LISTED })).items;

function line(reminder: Reminder, number: number, timeZone: string): string {
  const { message, recurrence, scheduledAt, taskId } = reminder;
  const words = message === '' ? (taskId === null ? 'a message' : 'a task') : message;
  const when = scheduledAt === null ? 'waits for a due date' : shownTime(new Date(scheduledAt), timeZone);
  return `${number}. ${when}: ${words}${recurrence === null ? '' : ' (comes back)'}`;
}

async function list(slashCall: SlashCall) {
  const items = await open(slashCall);
  if (items.length === 0) return { notice: 'You have no open reminders.' };
  const { timezone } = await meOf(slashCall.db, slashCall.userId);
  return { notice: items.map((item, at) => line(item, at + 1, timezone)).join('\n') };
}

async function cancel(slashCall: SlashCall, number: number) {
  const reminder = (await open(slashCall))[number - 1];
  if (reminder === undefined) throw misused(`there is no reminder ${number}: see /remind list`);
  await slashCall.call(reminders.delete, { reminderId: reminder.id });
  const { timezone } = await meOf(slashCall.db, slashCall.userId);
  return { notice: `Cancelled: ${line(reminder, number, timezone)}` };
}

/** `/remind` */
export function reminderCommands({ clock }: { clock: Pick<Clock, 'now'> }): readonly SlashCommand[] {
  return [
    {
      name: 'remind',
      args: 'me|@member|#channel text time',
      summary: 'Remind people of something; also: list, cancel N',
      needsArgs: true,
      run(slashCall) {
        const { args } = slashCall;
        if (/^list$/iu.test(args)) return list(slashCall);
        const [, number] = /^cancel\s+(\d{1,3})$/iu.exec(args) ?? [];
        return number === undefined ? create(slashCall, clock.now()) : cancel(slashCall, Number(number));
      },
    },
  ];
}
