import { type TaskAnswer, tasks } from '@atrium/protocol';
import { parseTask } from '@atrium/protocol/typed-task';
import type { Clock } from '../../../platform/clock/index.ts';
import { meOf } from '../../identity/index.ts';
import { misused, type SlashCall, type SlashCommand } from '../../slash/index.ts';
import { memberByUsername } from '../../workspaces/index.ts';

/** Ids of people by username. Throws `invalid_input` with the first one that the caller does not see. */
async function idsOf(
  { db, workspaceId, userId: viewerId }: SlashCall,
  usernames: readonly string[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const username of usernames) {
    const id = await memberByUsername(db, { workspaceId, viewerId, username });
    if (id === undefined) throw misused(`nobody in this workspace is called @${username}`);
    ids.push(id);
  }
  return ids;
}

/** The due date of a task, formatted for the caller. */
function dueOf({ dueAt, dueOn }: TaskAnswer, timeZone: string): string | undefined {
  const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  if (dueOn !== null) return `due ${new Date(dueOn).toLocaleDateString('en-GB', { ...day, timeZone: 'UTC' })}`;
  if (dueAt === null) return undefined;
  const time = { ...day, hour: '2-digit', minute: '2-digit', timeZone } as const;
  return `due ${new Date(dueAt).toLocaleString('en-GB', time)} (${timeZone})`;
}

/** What the command understood, in one line. */
function summaryOf(task: TaskAnswer, usernames: readonly string[], timeZone: string): string {
  const parts = [
    `Created "${task.title}"`,
    dueOf(task, timeZone),
    task.priority === 'medium' ? undefined : `${task.priority} priority`,
    task.category === null ? undefined : `#${task.category}`,
    ...usernames.map((name) => `@${name}`),
  ];
  return `${parts.filter((part) => part !== undefined).join(' · ')}.`;
}

/** `/task` */
export function taskCommands({ clock }: { clock: Pick<Clock, 'now'> }): readonly SlashCommand[] {
  return [
    {
      name: 'task',
      args: 'title [date] [!priority] [#category] [@member]',
      summary: 'Create a task in this workspace',
      needsArgs: true,
      async run(slashCall) {
        const { call, db, userId, workspaceId, args } = slashCall;
        const { timezone, locale } = await meOf(db, userId);
        const speaker = { now: clock.now(), timeZone: timezone, locale };
        const { usernames, dueWords: _, ...fields } = parseTask(args, speaker);
        if (fields.title === '') throw misused('usage: /task title [date] [!priority] [#category] [@member]');
        const memberIds = await idsOf(slashCall, usernames);
        const task = await call(tasks.create, { workspaceId, ...fields, memberIds });
        return { notice: summaryOf(task, usernames, timezone) };
      },
    },
  ];
}
