import { feature } from '../core/feature.ts';
import { analyticsEvents } from './events.ts';
import { analyticsSizes } from './limits.ts';
import { analytics } from './operations.ts';

export type { Analytics, AnalyticsDay } from './analytics.ts';
export * from './events.ts';
export * from './operations.ts';
export {
  type AnalyticsGoals,
  type AnalyticsPause,
  type AnalyticsPreferences,
  analyticsPreferences,
} from './preferences.ts';
export type { WorkspaceAnalytics, WorkspaceDay } from './workspace.ts';

/** Activity by day, week and category. */
export const analyticsFeature = feature({
  groups: {
    analytics: {
      title: 'Analytics',
      description: 'What you have completed, with streaks and goals, and the activity of a workspace.',
      operations: analytics,
    },
  },
  events: analyticsEvents,
  sizes: analyticsSizes,
});
