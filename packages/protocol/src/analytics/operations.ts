import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { id } from '../core/primitives.ts';
import { analyticsDays, analytics as analyticsOutput } from './analytics.ts';
import { analyticsGoals, analyticsPreferences, daysOff } from './preferences.ts';
import { workspaceAnalytics } from './workspace.ts';

const own = { access: 'user', limit: 'user' } as const;

/** Analytics and goals of a user, and the analytics of a workspace. */
export const analytics = operationGroup('analytics', {
  get: operation({
    ...own,
    summary: 'Get your analytics',
    description:
      'Tasks, streaks, the last days and weeks. A task counts on the day on which you completed it, in your time zone; several tasks on one day count once in a streak. Reopened tasks do not count; deleted ones still count as completed.',
    method: 'GET',
    path: '/analytics',
    input: z.strictObject({}),
    output: analyticsOutput,
  }),
  days: operation({
    ...own,
    summary: 'Get your activity on each day of a period',
    method: 'GET',
    path: '/analytics/days',
    input: z.strictObject({
      from: z.iso.date().meta({ description: 'First day' }),
      to: z.iso.date().meta({ description: 'Last day; the period has at most 366 days' }),
    }),
    output: analyticsDays,
  }),
  ofWorkspace: operation({
    summary: 'Get the activity of a workspace in a period',
    description:
      'Messages, active people, completed tasks, lead time and tracked time, by days of your time zone. The content and the senders of messages are not included. `GET /workspaces/:workspaceId/analytics.csv` returns the same as a file: `table` is `days`, `people` or `categories`.',
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
    description: 'A day off does not break a streak. Tasks that you complete on it still count.',
    method: 'PUT',
    path: '/analytics/days-off',
    input: z.strictObject({ weekdays: daysOff }),
    output: analyticsPreferences,
  }),
  addPause: operation({
    ...own,
    summary: 'Pause your streak for some days',
    description: 'A pause, such as a vacation, does not break a streak. Tasks that you complete during it still count.',
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
    description: 'A pause that began before today ends yesterday. Any other is deleted.',
    method: 'DELETE',
    path: '/analytics/pauses/:pauseId',
    input: z.strictObject({ pauseId: id }),
    output: analyticsPreferences,
    errors: ['not_found'],
  }),
});
