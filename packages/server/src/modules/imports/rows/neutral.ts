import type { Readable } from 'node:stream';
import type { OrderStatus, Recurrence, TaskPriority, TaskStatus } from '@atrium/protocol';

/** The products that can be imported from, by the names that the command has for them. */
export type Source = 'slack' | 'mattermost' | 'trello' | 'todoist' | 'toggl' | 'clockify' | 'atrium';

interface Named {
  /** Names the thing in its source, always the same. */
  key: string;
  /** Where it is in the file, for the report: `line 12`, `general/2026-01-09.json, message 3`. */
  where: string;
  /** What could not be taken as it is. */
  notes?: readonly string[];
}

export interface PersonRow extends Named {
  kind: 'person';
  name: string;
  username?: string | undefined;
  email?: string | undefined;
  role: 'admin' | 'member' | 'guest' | 'customer';
  timezone?: string | undefined;
  /** An account of a program. */
  isBot?: boolean;
  avatar?: Picture | undefined;
  /** False for who had left, and for programs: they write, but are no members once it is over. */
  isActive: boolean;
}

export interface ConversationRow extends Named {
  kind: 'conversation';
  /** A support case whose customer is none here becomes a private channel. */
  shape: 'public' | 'private' | 'group' | 'direct' | 'support';
  name: string;
  topic: string;
  creator?: string | undefined;
  members: readonly string[];
  createdAt: Date;
  /** Of a support case. */
  customer?: string | undefined;
  /** Who has a support case in hand. */
  assignee?: string | undefined;
}

/** An address to which programs post messages into a conversation. It gets a new secret. */
export interface WebhookRow extends Named {
  kind: 'webhook';
  conversation: string;
  name: string;
  /** A web address. */
  avatar: string | null;
  isEnabled: boolean;
}

/** A server that is sent events. It gets a new secret, and nothing is sent until somebody enables it. */
export interface EndpointRow extends Named {
  kind: 'endpoint';
  url: string;
  description: string;
  eventTypes: readonly string[];
  /** Private conversations whose events it gets. */
  conversations: readonly string[];
}

/** A file of a message or a task. */
export interface FileOfRow {
  name: string;
  type: string;
  /** Opens its content. Rejects when it cannot be had. */
  open(): Promise<Readable>;
}

/** A file, or the address of a picture on the web. */
export type Picture = { file: FileOfRow } | { url: string };

export interface Reaction {
  emoji: string;
  people: readonly string[];
}

export interface MessageRow extends Named {
  kind: 'message';
  conversation: string;
  author: string;
  /** What a stand-in is called if nobody else told. */
  authorName?: string | undefined;
  at: Date;
  /** @param nameOf how somebody is mentioned here, without the @ */
  content(nameOf: (person: string) => string | undefined): string;
  /** The message that its thread began with. */
  thread?: string | undefined;
  reactions: readonly Reaction[];
  files: readonly FileOfRow[];
}

/** All of a conversation has been read. */
export interface ConversationEndRow extends Named {
  kind: 'conversationEnd';
  /** Messages, the oldest pin first. */
  pins?: readonly string[];
  isArchived: boolean;
  /** Of a support case. */
  isClosed?: boolean;
}

export interface TaskRow extends Named {
  kind: 'task';
  title: string;
  description: string;
  author?: string | undefined;
  assignees: readonly string[];
  labels: readonly { name: string; color?: string | undefined }[];
  category?: string | undefined;
  link?: string | undefined;
  status: TaskStatus;
  priority?: TaskPriority | undefined;
  dueAt?: string | undefined;
  /** YYYY-MM-DD. */
  dueOn?: string | undefined;
  recurrence?: Recurrence | undefined;
  parent?: string | undefined;
  /** Whether only its members see it. */
  isPrivate?: boolean;
  createdAt: Date;
  completedAt?: Date | undefined;
  files?: readonly FileOfRow[];
}

export interface CommentRow extends Named {
  kind: 'comment';
  task: string;
  author?: string | undefined;
  authorName?: string | undefined;
  at: Date;
  content: string;
}

export interface TimeRow extends Named {
  kind: 'time';
  task: string;
  person: string;
  startedAt: Date;
  stoppedAt: Date;
  note: string;
  billable: boolean;
}

/** More or less time than an entry has. */
export interface CorrectionRow extends Named {
  kind: 'correction';
  /** The entry. */
  time: string;
  author: string;
  deltaMs: number;
  reason: string;
  at: Date;
}

export interface ShopRow extends Named {
  kind: 'shop';
  introduction: string;
  isPublic: boolean;
}

export interface ProductRow extends Named {
  kind: 'product';
  name: string;
  description: string;
  /** In minor units of the currency. */
  price: number;
  currency: string;
  stock: number;
  lowStock: number;
  isActive: boolean;
  /** It is there only for orders that name it. */
  isDeleted: boolean;
  createdAt: Date;
  pictures: readonly { picture: Picture; alt: string }[];
}

export interface OrderRow extends Named {
  kind: 'order';
  number: number;
  buyer: string;
  conversation?: string | undefined;
  currency: string;
  note: string;
  createdAt: Date;
  lines: readonly { product: string; name: string; price: number; quantity: number }[];
  /** What became of it after it was placed, oldest first. */
  changes: readonly { to: OrderStatus; assignee: string | null; author: string; note: string; at: Date }[];
}

/** Something that its reader leaves out. */
export interface LeftOutRow extends Named {
  kind: 'unreadable';
  reason: string;
}

/** What readers yield, whatever they read: each thing after the things that it names. */
export type Row =
  | PersonRow
  | ConversationRow
  | MessageRow
  | ConversationEndRow
  | TaskRow
  | CommentRow
  | TimeRow
  | CorrectionRow
  | ShopRow
  | ProductRow
  | OrderRow
  | WebhookRow
  | EndpointRow
  | LeftOutRow;

export type Rows = AsyncIterable<Row>;

/** The file is not the export that it is said to be. */
export class BadExport extends Error {
  override readonly name = 'BadExport';
}

/** A row for the report alone. */
export function leftOut(where: string, reason: string, key = where): LeftOutRow {
  return { kind: 'unreadable', key, where, reason };
}
