import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useFormats } from './formats.ts';
import { readRule, WEEKDAYS } from './rules.ts';

/** Says in words how often something recurs. */
export function useRuleText(): (rule: string) => string {
  const { t } = useLingui();
  const { dayOfWeek, list } = useFormats();
  return (rule) => {
    if (rule === WEEKDAYS) return t`Every weekday`;
    const read = readRule(rule);
    if (read === undefined) return t`By a rule of its own`;
    const { unit, interval, days } = read;
    const every = {
      DAILY: plural(interval, { one: 'Every day', other: 'Every # days' }),
      WEEKLY: plural(interval, { one: 'Every week', other: 'Every # weeks' }),
      MONTHLY: plural(interval, { one: 'Every month', other: 'Every # months' }),
      YEARLY: plural(interval, { one: 'Every year', other: 'Every # years' }),
    }[unit];
    const names = list(days.map((day) => dayOfWeek(day, 'short')));
    return days.length === 0 ? every : t`${every}: ${names}`;
  };
}
