import { type AnalyticsPause, type AnalyticsPreferences, analytics, sizes } from '@atrium/protocol';
import { countDays, isoDay, localDay } from '../../../platform/days/index.ts';
import { type CommandContext, command, type Implementation, problem } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { meOf } from '../../identity/index.ts';
import { lockPreferences, savePreferences } from './store.ts';

type Context = Pick<CommandContext<typeof analytics.setGoals>, 'actor' | 'append' | 'tx'>;

/** Changes the preferences of the caller, one change at a time. */
async function change(
  { actor: { userId }, append, tx }: Context,
  change: (before: AnalyticsPreferences) => AnalyticsPreferences | Promise<AnalyticsPreferences>,
): Promise<AnalyticsPreferences> {
  const preferences = await change(await lockPreferences(tx, userId));
  await savePreferences(tx, userId, preferences);
  append(`user:${userId}`, 'analytics:preferences', { preferences });
  return preferences;
}

const byDays = (one: AnalyticsPause, other: AnalyticsPause) => isoDay(one.from) - isoDay(other.from);

function refuse(path: string, code: string, message: string): never {
  throw problem('invalid_input', { errors: [{ path, code, message }] });
}

/** Pauses after one was ended: it ends yesterday if it began by then; otherwise it is gone. */
function withoutPause(pauses: readonly AnalyticsPause[], ended: AnalyticsPause, today: string): AnalyticsPause[] {
  const others = pauses.filter(({ id }) => id !== ended.id);
  if (ended.from >= today || ended.to < today) return others;
  const yesterday = new Date((isoDay(today) - 1) * 86_400_000).toISOString().slice(0, 10);
  return [...others, { ...ended, to: yesterday }].sort(byDays);
}

/** What people set out for, and which days do not break their streak. */
export const preferenceOperations: readonly Implementation[] = [
  command(analytics.setGoals, (context) => change(context, (before) => ({ ...before, goals: context.input }))),

  command(analytics.setDaysOff, (context) =>
    change(context, (before) => ({ ...before, daysOff: [...new Set(context.input.weekdays)].sort() })),
  ),

  command(analytics.addPause, (context) => {
    const { from, to } = context.input;
    const days = countDays(from, to);
    if (days < 1) refuse('to', 'too_small', 'must not be before `from`');
    if (days > sizes.pauseDays) refuse('to', 'too_big', `must be at most ${sizes.pauseDays} days after \`from\``);
    return change(context, (before) => {
      if (before.pauses.length >= sizes.pauses) {
        throw problem('conflict', `There are at most ${sizes.pauses} pauses: remove one that is over.`);
      }
      return { ...before, pauses: [...before.pauses, { id: newId(), from, to }].sort(byDays) };
    });
  }),

  command(analytics.endPause, (context) =>
    change(context, async (before) => {
      const ended = before.pauses.find(({ id }) => id === context.input.pauseId);
      if (ended === undefined) throw problem('not_found');
      const { timezone } = await meOf(context.tx, context.actor.userId);
      return { ...before, pauses: withoutPause(before.pauses, ended, localDay(context.now, timezone)) };
    }),
  ),
];
