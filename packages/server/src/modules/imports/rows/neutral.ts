import type { Readable } from 'node:stream';
import type { Recurrence, TaskPriority, TaskStatus } from '@atrium/protocol';

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
  role: 'admin' | 'member' | 'guest';
  timezone?: string | undefined;
  /** False for who had left, and for programs: they write, but are no members once it is over. */
  isActive: boolean;
}

export interface ConversationRow extends Named {
  kind: 'conversation';
  shape: 'public' | 'private' | 'group' | 'direct';
  name: string;
  topic: string;
  creator?: string | undefined;
  members: readonly string[];
  createdAt: Date;
}

/** A file of a message or a task. */
export interface FileOfRow {
  name: string;
  type: string;
  /** Opens its content. Rejects when it cannot be had. */
  open(): Promise<Readable>;
}

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
