import type { Reminder } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useMoment } from '../hooks.ts';
import { BEFORE, comesAt, hasCome, RULES } from '../model.ts';

/** Says how a clock change has moved a reminder; undefined: none has. */
export function useAdjustedText(): (reminder: Pick<Reminder, 'adjusted'>) => string | undefined {
  const { t } = useLingui();
  return ({ adjusted }) => {
    if (adjusted === 'skipped') return t`Your clock skips the chosen time on that day, so it comes later.`;
    if (adjusted === 'repeated') return t`Your clock shows the chosen time twice on that day; the first one counts.`;
    return undefined;
  };
}

/** Says when a reminder comes or came, and how it goes on. */
export function useReminderTime(): (reminder: Reminder) => string {
  const { t } = useLingui();
  const moment = useMoment();
  const rules = [t`every day`, t`every week`, t`every month`];
  const befores = [
    t`when the task is due`,
    t`1 hour before it is due`,
    t`1 day before it is due`,
    t`1 week before it is due`,
  ];
  return (reminder) => {
    const { before, recurrence, snoozedUntil } = reminder;
    const at = comesAt(reminder);
    const when = at === null ? undefined : moment(at);
    const rule = recurrence && (rules[RULES.indexOf(recurrence.rule)] ?? t`repeats`);
    const words = before !== null && (befores[BEFORE.indexOf(before)] ?? t`before it is due`);
    const more = rule || words;
    if (when === undefined) return t`The task has no due date`;
    if (snoozedUntil !== null) return t`Snoozed: ${when}`;
    if (hasCome(reminder)) return t`Sent: ${when}`;
    return more ? t`${when}, ${more}` : when;
  };
}
