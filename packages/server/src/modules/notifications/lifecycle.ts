import type { TableLifecycles } from '../../platform/module/index.ts';

/** What happens to the rows when an account is deleted. */
export const notificationTables: TableLifecycles = {
  delivery: {
    whenGone: { account_id: 'deleted' },
    told: { not: 'only they saw it' },
    exported: { not: 'says when something was sent, and goes 30 days later' },
  },
  notification: {
    whenGone: { account_id: 'deleted', workspace_id: 'deleted', conversation_id: 'deleted' },
    partOfExport: { not: 'personal, and about events of this instance' },
    told: { not: 'only they saw it' },
    exported: { not: 'repeats what happened elsewhere, which is in the copy' },
  },
  notification_decision: {
    whenGone: { account_id: 'deleted', workspace_id: 'kept', conversation_id: 'kept' },
    partOfExport: { not: 'says why something was sent from here' },
    told: { not: 'only they saw it' },
    exported: { not: 'says why something was sent, and goes 30 days later' },
  },
  notification_settings: {
    whenGone: { account_id: 'deleted' },
    told: { not: 'only they saw it' },
    exported: { not: 'choices that the settings show' },
  },
  conversation_notifications: {
    whenGone: { account_id: 'deleted', conversation_id: 'deleted' },
    partOfExport: { not: 'personal choices' },
    told: { not: 'only they saw it' },
    exported: { not: 'choices that the settings show' },
  },
  push_subscription: {
    whenGone: { account_id: 'deleted' },
    told: { not: 'only they saw it' },
    exported: { not: 'keys of a device, which only it uses' },
  },
};
