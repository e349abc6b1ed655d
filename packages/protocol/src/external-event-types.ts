// Generated from the contract by `npm run generate`. Do not edit.

/** The event types that external servers can receive. Their data is the same as on the socket. */
export const externalEventTypes = [
  'user:updated',
  'workspace:updated',
  'member:joined',
  'member:updated',
  'member:left',
  'conversation:updated',
  'conversation:memberJoined',
  'conversation:memberUpdated',
  'conversation:memberLeft',
  'message:receive',
  'message:updated',
  'message:deleted',
  'messages:expired',
  'task:created',
  'task:updated',
  'task:deleted',
  'task:membersUpdated',
  'message:task',
  'label:created',
  'label:updated',
  'label:deleted',
  'product:created',
  'product:updated',
  'product:deleted',
  'shop:updated',
  'order:created',
  'order:statusChanged',
  'order:assigned',
] as const;

export type ExternalEventType = (typeof externalEventTypes)[number];
