import type { TaskState, TaskStatus } from '@atrium/protocol';

/** The columns of the board, in order. */
export const COLUMNS = ['todo', 'in-progress', 'completed'] as const satisfies readonly TaskStatus[];

export type Columns = Readonly<Record<TaskStatus, readonly TaskState[]>>;

/** The target of a card: its index in a column after the card was removed. */
export interface Position {
  status: TaskStatus;
  index: number;
}

const byRank = (one: TaskState, other: TaskState): number => {
  if (one.rank !== other.rank) return one.rank < other.rank ? -1 : 1;
  return one.id < other.id ? -1 : 1;
};

/** The latest first. What was completed just now has its time from the server only in a moment. */
const byCompletion = (one: TaskState, other: TaskState): number => {
  if (one.completedAt === other.completedAt) return one.id < other.id ? 1 : -1;
  if (one.completedAt === null || other.completedAt === null) return one.completedAt === null ? -1 : 1;
  return one.completedAt < other.completedAt ? 1 : -1;
};

/** Tasks by status: each column in the order of its ranks, completed ones with the latest first. Pure. */
export function columnsOf(tasks: readonly TaskState[]): Columns {
  const column = (status: TaskStatus) => tasks.filter((task) => task.status === status);
  return {
    todo: column('todo').sort(byRank),
    'in-progress': column('in-progress').sort(byRank),
    completed: column('completed').sort(byCompletion),
  };
}

/** The current position of a card; undefined if it is not on the board. Pure. */
export function positionOf(columns: Columns, taskId: string): Position | undefined {
  for (const status of COLUMNS) {
    const index = columns[status].findIndex(({ id }) => id === taskId);
    if (index >= 0) return { status, index };
  }
  return undefined;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The position one step away: beside it in the next column, or within its own. Undefined at the edge, and within what is
 * completed. Pure.
 */
export function stepFrom(columns: Columns, { status, index }: Position, direction: Direction): Position | undefined {
  const isVertical = direction === 'up' || direction === 'down';
  if (status === 'completed' && isVertical) return undefined;
  if (direction === 'up') return index > 0 ? { status, index: index - 1 } : undefined;
  if (direction === 'down') return index < columns[status].length - 1 ? { status, index: index + 1 } : undefined;
  const next = COLUMNS[COLUMNS.indexOf(status) + (direction === 'left' ? -1 : 1)];
  return next && { status: next, index: Math.min(index, columns[next].length) };
}

/** A move as input of the operation, with what is shown until it has arrived. */
export interface Move {
  status: TaskStatus;
  /** The card above; null: the top of the column. */
  afterId: string | null;
  /** A rank between the neighbours; the server's own replaces it. */
  rank: string;
  /** For announcements: the position and the number of cards. */
  position: number;
  count: number;
}

/** The move of a card to a position; undefined if it is there already, or the position does not exist. Pure. */
export function moveTo(columns: Columns, taskId: string, { status, index }: Position): Move | undefined {
  const now = positionOf(columns, taskId);
  if (!now || (now.status === status && (now.index === index || status === 'completed'))) return undefined;
  const others = columns[status].filter(({ id }) => id !== taskId);
  // The column of completed tasks has an order of its own.
  const at = status === 'completed' ? 0 : Math.max(0, Math.min(index, others.length));
  const above = others[at - 1];
  return {
    status,
    afterId: above?.id ?? null,
    // The first text that sorts after the card above: the next card's rank is at least as long.
    rank: above ? `${above.rank}\u0000` : '',
    position: at + 1,
    count: others.length + 1,
  };
}

/** The position of a dragged card that is dropped over another card or over a column. Pure. */
export function dropPosition(
  columns: Columns,
  taskId: string,
  over: { status: TaskStatus; taskId?: string | undefined; edge?: string | null | undefined },
): Position | undefined {
  if (over.taskId === taskId) return undefined;
  const others = columns[over.status].filter(({ id }) => id !== taskId);
  const at = over.taskId === undefined ? -1 : others.findIndex(({ id }) => id === over.taskId);
  if (at < 0) return { status: over.status, index: others.length };
  return { status: over.status, index: over.edge === 'bottom' ? at + 1 : at };
}

/** One entry per task, its latest version: results may have different ages while tasks move between lists. Pure. */
export function latest(tasks: readonly TaskState[]): TaskState[] {
  const byId = new Map<string, TaskState>();
  for (const task of tasks) {
    const known = byId.get(task.id);
    if (!known || known.version <= task.version) byId.set(task.id, task);
  }
  return [...byId.values()];
}
