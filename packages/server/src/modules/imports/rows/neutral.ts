import type { Readable } from 'node:stream';
import type { OrderStatus, Recurrence, StockReason, TaskPriority, TaskStatus } from '@atrium/protocol';

/** The supported products, by their names in the command. */
export type Source = 'slack' | 'mattermost' | 'trello' | 'todoist' | 'toggl' | 'clockify' | 'atrium';

interface Named {
  /** Identifies the item in its source; stable across exports. */
  key: string;
  /** Where it is in the file, for the report: `line 12`, `general/2026-01-09.json, message 3`. */
  where: string;
  /** What could not be imported unchanged. */
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
  /** False for people who had left, and for programs: they are authors, but not members after the import. */
  isActive: boolean;
}

export interface ConversationRow extends Named {
  kind: 'conversation';
  /** A support case becomes a private channel if its customer is not a customer here. */
  shape: 'public' | 'private' | 'group' | 'direct' | 'support';
  name: string;
  topic: string;
  creator?: string | undefined;
  members: readonly string[];
  createdAt: Date;
  /** For support cases. */
  customer?: string | undefined;
  /** The assignee of a support case. */
  assignee?: string | undefined;
}

/** An incoming webhook. It gets a new secret. */
export interface WebhookRow extends Named {
  kind: 'webhook';
  conversation: string;
  name: string;
  /** A URL. */
  avatar: string | null;
  isEnabled: boolean;
}

/** A webhook endpoint. It gets a new secret, and stays disabled until somebody enables it. */
export interface EndpointRow extends Named {
  kind: 'endpoint';
  url: string;
  description: string;
  eventTypes: readonly string[];
  /** Private conversations whose events it receives. */
  conversations: readonly string[];
}

/** A file of a message or a task. */
export interface FileOfRow {
  name: string;
  type: string;
  /** Opens its content. Rejects if it is not available. */
  open(): Promise<Readable>;
}

/** A file, or the URL of a picture. */
export type Picture = { file: FileOfRow } | { url: string };

export interface Reaction {
  emoji: string;
  people: readonly string[];
}

export interface MessageRow extends Named {
  kind: 'message';
  conversation: string;
  author: string;
  /** The name of the stand-in if no other source provides one. */
  authorName?: string | undefined;
  at: Date;
  /** @param nameOf the name to mention a person by here, without the @ */
  content(nameOf: (person: string) => string | undefined): string;
  /** The first message of its thread. */
  thread?: string | undefined;
  reactions: readonly Reaction[];
  files: readonly FileOfRow[];
}

/** The end of a conversation. */
export interface ConversationEndRow extends Named {
  kind: 'conversationEnd';
  /** Messages, the oldest pin first. */
  pins?: readonly string[];
  isArchived: boolean;
  /** For support cases. */
  isClosed?: boolean;
}

/** A label of the workspace. The key is its name in lower case. */
export interface LabelRow extends Named {
  kind: 'label';
  name: string;
  color?: string | undefined;
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
  /** Whether only its members can see it. */
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

/** Adds time to an entry, or subtracts it. */
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
  lowStock: number;
  isActive: boolean;
  /** Included only because orders refer to it. */
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
  /** The status changes after it was placed, oldest first. */
  changes: readonly { to: OrderStatus; assignee: string | null; author: string; note: string; at: Date }[];
}

/** A change of the stock of a product. */
export interface MovementRow extends Named {
  kind: 'movement';
  product: string;
  order?: string | undefined;
  author?: string | undefined;
  change: number;
  reason: StockReason;
  note: string;
  at: Date;
}

/** An item that the reader leaves out. */
export interface LeftOutRow extends Named {
  kind: 'unreadable';
  reason: string;
}

/** What readers yield, for every product: each item after the items that it refers to. */
export type Row =
  | PersonRow
  | ConversationRow
  | MessageRow
  | ConversationEndRow
  | LabelRow
  | TaskRow
  | CommentRow
  | TimeRow
  | CorrectionRow
  | ShopRow
  | ProductRow
  | OrderRow
  | MovementRow
  | WebhookRow
  | EndpointRow
  | LeftOutRow;

export type Rows = AsyncIterable<Row>;

/** The file is not a valid export of the given product. */
export class BadExport extends Error {
  override readonly name = 'BadExport';
}

/** A row that only appears in the report. */
export function leftOut(where: string, reason: string, key = where): LeftOutRow {
  return { kind: 'unreadable', key, where, reason };
}
