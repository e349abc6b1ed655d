import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { id } from '../core/primitives.ts';
import { analyticsDays, analytics as analyticsOutput } from './analytics.ts';
import { analyticsGoals, analyticsPreferences, daysOff } from './preferences.ts';
import { workspaceAnalytics } from './workspace.ts';

const own = { access: 'user', limit: 'user' } as const;

/** What somebody has done, what they set out for, and what was done in a workspace. */
export const analytics = operationGroup('analytics', {
  get: operation({
    ...own,
    summary: 'Get your analytics',
    description:
      'Tasks, streaks, the last days and weeks. A task counts on the day on which you completed it, in your time zone; several a day count once in a streak. Reopened tasks do not count; deleted ones go on counting as completed.',
    method: 'GET',
    path: '/analytics',
    input: z.strictObject({}),
    output: analyticsOutput,
  }),
  days: operation({
    ...own,
    summary: 'Get what you did on each day of a period',
    method: 'GET',
    path: '/analytics/days',
    input: z.strictObject({
      from: z.iso.date().meta({ description: 'First day' }),
      to: z.iso.date().meta({ description: 'Last day; the period has at most 366 days' }),
    }),
    output: analyticsDays,
  }),
  ofWorkspace: operation({
    summary: 'Get what was done in a workspace in a period',
    description:
      'Messages, active people, completed tasks, lead time and tracked time, by days of your time zone. Nobody learns what was said, or who said it. `GET /workspaces/:workspaceId/analytics.csv` has the same as a file: `table` is `days`, `people` or `categories`.',
    method: 'GET',
    path: '/workspaces/:workspaceId/analytics',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject({
      workspaceId: id,
      from: z.iso.date().meta({ description: 'First day' }),
      to: z.iso.date().meta({ description: 'Last day; the period has at most 366 days' }),
    }),
    output: workspaceAnalytics,
    heavy: true,
  }),
  setGoals: operation({
    ...own,
    summary: 'Set your goals',
    method: 'PUT',
    path: '/analytics/goals',
    example: { daily: 3, weekly: 12 },
    input: z.strictObject(analyticsGoals.shape),
    output: analyticsPreferences,
  }),
  setDaysOff: operation({
    ...own,
    summary: 'Set your days off',
    description: 'A streak goes on over a day off. What you complete on one still counts.',
    method: 'PUT',
    path: '/analytics/days-off',
    input: z.strictObject({ weekdays: daysOff }),
    output: analyticsPreferences,
  }),
  addPause: operation({
    ...own,
    summary: 'Pause your streak for some days',
    description: 'A streak goes on over a pause, such as a vacation. What you complete in one still counts.',
    method: 'POST',
    path: '/analytics/pauses',
    status: 201,
    input: z.strictObject({
      from: z.iso.date().meta({ description: 'First day' }),
      to: z.iso.date().meta({ description: 'Last day; a pause has at most 366 days' }),
    }),
    output: analyticsPreferences,
    errors: ['conflict'],
  }),
  endPause: operation({
    ...own,
    summary: 'End a pause',
    description: 'A pause that began before today ends yesterday. Any other is removed.',
    method: 'DELETE',
    path: '/analytics/pauses/:pauseId',
    input: z.strictObject({ pauseId: id }),
    output: analyticsPreferences,
    errors: ['not_found'],
  }),
});
