import type { WebhookEndpoint } from '@atrium/protocol';
import { type ExternalEventType, externalEventTypes } from '@atrium/protocol/external-event-types';
import { instantAt } from '../../i18n/days.ts';

/** Things whose events belong together, in the order in which they are offered. */
export const EVENT_GROUPS = ['messages', 'conversations', 'people', 'tasks', 'labels', 'products', 'orders'] as const;
export type EventGroup = (typeof EVENT_GROUPS)[number];

const GROUP_OF_PREFIX: Readonly<Record<string, EventGroup>> = {
  message: 'messages',
  messages: 'messages',
  conversation: 'conversations',
  workspace: 'people',
  member: 'people',
  user: 'people',
  task: 'tasks',
  label: 'labels',
  product: 'products',
  shop: 'products',
  order: 'orders',
};

/** The thing that an event is about. Pure. */
export const groupOf = (type: ExternalEventType): EventGroup | undefined => GROUP_OF_PREFIX[type.split(':')[0] ?? ''];

/** The types of a group, as the contract lists them. Pure. */
export const typesOf = (group: EventGroup): ExternalEventType[] =>
  externalEventTypes.filter((type) => groupOf(type) === group);

/** How an endpoint fares. */
export type EndpointState = 'off' | 'gone' | 'failing' | 'retrying' | 'waiting' | 'working';

/** Pure. */
export function stateOf({ disabledBecause, enabled, failingSince, lag }: WebhookEndpoint): EndpointState {
  if (!enabled) return disabledBecause ?? 'off';
  if (failingSince !== null) return 'retrying';
  return lag.events > 0 ? 'waiting' : 'working';
}

/**
 * The moment of a field for local date and time; undefined: it is not filled in. Pure.
 * @param timeZone of the person; the browser's unless given
 */
export function momentOf(local: string | undefined, timeZone: string | undefined): string | undefined {
  const [, day, clock] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(local ?? '') ?? [];
  return day === undefined || clock === undefined ? undefined : instantAt(day, clock, timeZone);
}

/** A command that posts to an incoming webhook, ready to be pasted. Pure. */
export function curlLine(url: string, text: string): string {
  const body = JSON.stringify({ text }).replaceAll("'", "'\\''");
  return `curl -H 'content-type: application/json' -d '${body}' '${url}'`;
}
