import { administrationFeature } from './administration/index.ts';
import { analyticsFeature } from './analytics/index.ts';
import { calendarFeature } from './calendar/index.ts';
import { catalogFeature } from './catalog/index.ts';
import { chatFeature } from './chat/index.ts';
import { coreFeature } from './core/index.ts';
import { demoFeature } from './demo/index.ts';
import { filesFeature } from './files/index.ts';
import { identityFeature } from './identity/index.ts';
import { notificationsFeature } from './notifications/index.ts';
import { ordersFeature } from './orders/index.ts';
import { presenceFeature } from './presence/index.ts';
import { remindersFeature } from './reminders/index.ts';
import { searchFeature } from './search/index.ts';
import { slashFeature } from './slash/index.ts';
import { tasksFeature } from './tasks/index.ts';
import { timersFeature } from './timers/index.ts';
import { timesheetsFeature } from './timesheets/index.ts';
import { webhookEndpointsFeature } from './webhook-endpoints/index.ts';
import { webhooksFeature } from './webhooks/index.ts';
import { workspacesFeature } from './workspaces/index.ts';

export * from './administration/index.ts';
export * from './analytics/index.ts';
export * from './calendar/index.ts';
export * from './catalog/index.ts';
export * from './chat/index.ts';
export * from './demo/index.ts';
export * from './files/index.ts';
export * from './identity/index.ts';
export * from './notifications/index.ts';
export * from './orders/index.ts';
export * from './presence/index.ts';
export * from './reminders/index.ts';
export * from './search/index.ts';
export * from './slash/index.ts';
export * from './tasks/index.ts';
export * from './timers/index.ts';
export * from './timesheets/index.ts';
export * from './webhook-endpoints/index.ts';
export * from './webhooks/index.ts';
export * from './workspaces/index.ts';

/** Every feature. The documents list them in this order. */
export const features = [
  coreFeature,
  identityFeature,
  workspacesFeature,
  filesFeature,
  chatFeature,
  tasksFeature,
  timersFeature,
  timesheetsFeature,
  calendarFeature,
  analyticsFeature,
  catalogFeature,
  ordersFeature,
  notificationsFeature,
  remindersFeature,
  webhooksFeature,
  webhookEndpointsFeature,
  presenceFeature,
  slashFeature,
  searchFeature,
  administrationFeature,
  demoFeature,
] as const;
