import type {
  ConversationState,
  DurableType,
  EventData,
  Me,
  Message,
  NotificationPreferences,
  Snapshot,
  User,
  WorkspaceState,
} from '@atrium/protocol';
import type { LiveEvent } from '../src/index.ts';

/** A UUID that reads like a number. */
export const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const AT = '2026-03-01T12:00:00.000Z';

export const ann: User = { id: uuid(1), name: 'Ann', username: 'ann', avatar: null, isBot: false };
export const bob: User = { id: uuid(2), name: 'Bob', username: null, avatar: null, isBot: false };
export const cat: User = { id: uuid(3), name: 'Cat', username: null, avatar: null, isBot: false };

export const me: Me = {
  ...ann,
  email: 'ann@example.org',
  emailVerified: true,
  role: 'user',
  timezone: 'UTC',
  locale: 'en',
  preferences: {
    hideReceipts: false,
    oneTimer: false,
    timerAskAfterHours: 8,
    timerDailyCapHours: null,
    morningDigestAt: '05:00',
  },
  createdAt: AT,
  version: 1,
};

export const workspace: WorkspaceState = {
  id: uuid(10),
  name: 'Garden',
  personal: false,
  createdAt: AT,
  version: 1,
  retentionDays: null,
  role: 'owner',
  can: {
    update: true,
    delete: true,
    invite: true,
    joinCode: true,
    manageMembers: true,
    manageBots: true,
    analytics: true,
    webhookEndpoints: true,
    createConversations: true,
    browseChannels: true,
    requestSupport: false,
    answerSupport: true,
    retention: true,
    leave: false,
  },
  members: [
    { workspaceId: uuid(10), user: ann, role: 'owner', joinedAt: AT },
    { workspaceId: uuid(10), user: bob, role: 'member', joinedAt: AT },
  ],
};

export const conversation: ConversationState = {
  id: uuid(20),
  workspaceId: workspace.id,
  kind: 'channel',
  visibility: 'public',
  name: 'general',
  topic: '',
  archivedAt: null,
  createdBy: ann.id,
  createdAt: AT,
  version: 1,
  retentionDays: null,
  members: [
    { userId: ann.id, role: 'manager', joinedAt: AT },
    { userId: bob.id, role: 'member', joinedAt: AT },
  ],
  receipts: [
    { userId: ann.id, deliveredSeq: 0, readSeq: 0 },
    { userId: bob.id, deliveredSeq: 0, readSeq: 0 },
  ],
  lastMessage: null,
  unread: 0,
  mentions: [],
  threads: [],
  pins: [],
  saved: [],
  drafts: [],
  can: {
    send: true,
    mentionAll: true,
    pin: true,
    moderate: true,
    update: true,
    archive: true,
    delete: true,
    addMembers: true,
    removeMembers: true,
    join: false,
    leave: true,
    export: true,
    webhooks: true,
    retention: true,
    take: false,
    handOver: false,
    close: false,
    reopen: false,
  },
};

export const mine = `user:${me.id}` as const;
export const ofWorkspace = `workspace:${workspace.id}` as const;
export const ofConversation = `conversation:${conversation.id}` as const;

const channels = { app: true, mail: true, push: true };

const notificationPreferences: NotificationPreferences = {
  channels: {
    overdue: channels,
    upcoming: channels,
    reminder: channels,
    mention: channels,
    message: channels,
    task: channels,
    order: channels,
    product: channels,
    general: channels,
  },
  quietHours: { enabled: false, from: '21:00', to: '07:00', days: [1, 2, 3, 4, 5, 6, 7] },
  digest: { mode: 'off', time: '08:00' },
  hourlyCap: 30,
};

export function snapshot(change: Partial<Snapshot> = {}): Snapshot {
  const asOf = { [mine]: 0, [ofWorkspace]: 0, [ofConversation]: 0 };
  return {
    epoch: 'one',
    asOf,
    me,
    workspaces: [workspace],
    conversations: [conversation],
    tasks: [],
    labels: [],
    timers: { forgotten: [] },
    notifications: { unread: 0, preferences: notificationPreferences, conversations: [] },
    desks: [],
    orders: [],
    reminders: [],
    ...change,
  };
}

export function message(seq: number, senderId: string = bob.id, change: Partial<Message> = {}): Message {
  return {
    id: uuid(1_000 + seq),
    conversationId: conversation.id,
    seq,
    senderId,
    clientMessageId: uuid(5_000 + seq),
    type: 'text',
    content: `message ${seq}`,
    replyTo: null,
    createdAt: AT,
    version: 1,
    ...change,
  };
}

/** An event at a place of a stream. */
export function event<Type extends DurableType>(
  stream: LiveEvent['meta']['stream'],
  seq: number,
  type: Type,
  data: EventData[Type],
): LiveEvent {
  return { type, data, meta: { stream, seq, at: AT, actorId: null } } as unknown as LiveEvent;
}

/** A message as its event. */
export function received(seq: number, senderId?: string, change?: Partial<Message>): LiveEvent {
  return event(ofConversation, seq, 'message:receive', message(seq, senderId, change));
}
