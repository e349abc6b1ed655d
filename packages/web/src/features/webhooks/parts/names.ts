import type { WebhookDeliveryState } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import type { Tone } from '../../../ui/text/chip.tsx';
import type { EndpointState, EventGroup } from '../model.ts';

/** What the groups of event types are called. */
export function useGroupNames(): Readonly<Record<EventGroup, string>> {
  const { t } = useLingui();
  return {
    messages: t`Messages`,
    conversations: t`Conversations`,
    people: t`Workspace and people`,
    tasks: t`Tasks`,
    labels: t`Labels`,
    products: t`Products`,
    orders: t`Orders`,
  };
}

/** What the states of an endpoint are called, and their colours. */
export function useEndpointStates(): Readonly<Record<EndpointState, [name: string, tone: Tone]>> {
  const { t } = useLingui();
  return {
    working: [t`Up to date`, 'leaf'],
    waiting: [t`Sending`, 'pool'],
    retrying: [t`Trying again`, 'amber'],
    failing: [t`Disabled: it failed for too long`, 'brick'],
    gone: [t`Disabled: it answered 410`, 'brick'],
    off: [t({ message: 'Disabled', context: 'endpoint' }), 'plain'],
  };
}

/** The same of deliveries. */
export function useDeliveryStates(): Readonly<Record<WebhookDeliveryState, [name: string, tone: Tone]>> {
  const { t } = useLingui();
  return {
    waiting: [t`Waiting`, 'amber'],
    delivered: [t`Delivered`, 'leaf'],
    failed: [t`Given up`, 'brick'],
  };
}
