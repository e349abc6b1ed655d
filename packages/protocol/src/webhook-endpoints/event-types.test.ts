import { expect, it } from 'vitest';
import { type DurableType, type EventType, events, isDurable } from '../contract.ts';
import { type WebhookEventType, webhookEventTypes } from './event-types.ts';

const NOISY = 'there are many, and they change nothing that is said';
const SUMMED_UP = 'only sums up what other events say';
const ON_TASK = 'is told on the streams of tasks, of which there are thousands';

/** Why events for several people are not offered to endpoints. */
const leftOut: Partial<Record<Exclude<DurableType, WebhookEventType>, string>> = {
  'reaction:added': NOISY,
  'reaction:removed': NOISY,
  'pin:added': NOISY,
  'pin:removed': NOISY,
  'message:ack': 'read positions are visible only to members of the conversation',
  'message:unread': 'read positions are visible only to members of the conversation',
  'conversation:receipts': 'read positions are visible only to members of the conversation',
  'thread:updated': SUMMED_UP,
  'support:changed': 'support cases are never sent',
  'desk:memberLeft': SUMMED_UP,
  'attachment:added': ON_TASK,
  'attachment:deleted': ON_TASK,
  'task:commented': ON_TASK,
  'task:commentUpdated': ON_TASK,
  'task:commentDeleted': ON_TASK,
  'timer:started': ON_TASK,
  'timer:stopped': ON_TASK,
  'timer:allStopped': ON_TASK,
  'timer:corrected': ON_TASK,
  'stream:skipped': 'only says that a position is empty',
};

/** Events for one user, or for administrators of the instance: not events of a workspace. */
const isPersonal = (type: EventType) => [...events[type].on].every((kind) => kind === 'user' || kind === 'admin');
const shared = (Object.keys(events) as EventType[]).filter((type) => isDurable(type) && !isPersonal(type));

it('offers each durable event for several people, or has a reason not to', () => {
  const where =
    'an event is in webhookEventTypes of event-types.ts beside this test, or with a reason in leftOut of this test';
  expect([...webhookEventTypes, ...Object.keys(leftOut)].sort(), where).toEqual(shared.sort());
});
