import type { TaskState } from '@atrium/protocol';

/** Groups of tasks by due date, in the order of the list. */
export const DUE_GROUPS = ['before', 'today', 'tomorrow', 'week', 'later', 'none'] as const;
export type DueGroup = (typeof DUE_GROUPS)[number];

/** The days that separate the groups, as `2026-11-26` in the user's zone. */
export interface Days {
  today: string;
  tomorrow: string;
  /** The last of the next seven days. */
  weekEnd: string;
}

type Due = Pick<TaskState, 'dueAt' | 'dueOn'>;

/** The due day of a task in the user's zone; undefined if it has none. Pure. */
export function dueDay({ dueAt, dueOn }: Due, dayKey: (at: string) => string): string | undefined {
  return dueOn ?? (dueAt === null ? undefined : dayKey(dueAt));
}

/** The group of a task. Pure. */
export function dueGroup(due: Due, days: Days, dayKey: (at: string) => string): DueGroup {
  const day = dueDay(due, dayKey);
  if (day === undefined) return 'none';
  if (day < days.today) return 'before';
  if (day === days.today) return 'today';
  if (day === days.tomorrow) return 'tomorrow';
  return day <= days.weekEnd ? 'week' : 'later';
}

type Compare = (one: TaskState, other: TaskState) => number;

const DAY_MS = 86_400_000;
const WEIGHTS = { high: 0, medium: 1, low: 2 } as const;

/** Earlier days first, days with a time before those without, then by priority and title. Pure. */
export function compareByDue(dayKey: (at: string) => string): Compare {
  const key = (task: TaskState) => [
    dueDay(task, dayKey) ?? '9999-12-31',
    task.dueAt ?? '9999-12-31T23:59:59Z',
    String(WEIGHTS[task.priority]),
    task.title.toLowerCase(),
  ];
  return (one, other) => {
    const [mine, theirs] = [key(one), key(other)];
    const at = mine.findIndex((part, index) => part !== theirs[index]);
    return at < 0 ? one.id.localeCompare(other.id) : (mine[at] ?? '').localeCompare(theirs[at] ?? '');
  };
}

/** Open tasks by group; groups without tasks are left out. Pure. */
export function groupByDue(
  tasks: readonly TaskState[],
  days: Days,
  dayKey: (at: string) => string,
): { group: DueGroup; tasks: TaskState[] }[] {
  const compare = compareByDue(dayKey);
  return DUE_GROUPS.map((group) => ({
    group,
    tasks: tasks.filter((task) => dueGroup(task, days, dayKey) === group).sort(compare),
  })).filter(({ tasks: found }) => found.length > 0);
}

/** The orders of the list of open tasks, as the server knows them. */
export const ORDERS = ['due', 'priority', 'created', 'title', 'manual'] as const;
export type TaskOrder = (typeof ORDERS)[number];

/** Compares by code unit, as ranks, ids and instants compare. */
const byCode = (one: string, other: string) => (one < other ? -1 : Number(one > other));
const byId: Compare = (one, other) => byCode(one.id, other.id);
/** When a task is due for the order of the server: at its time, or at the end of its day in UTC; otherwise last. */
const dueTime = ({ dueAt, dueOn }: TaskState) =>
  dueAt !== null ? Date.parse(dueAt) : dueOn !== null ? Date.parse(dueOn) + DAY_MS : Number.MAX_VALUE;

/** Exactly as the server orders its pages, so that a further page is below what is shown already. */
const ORDERINGS: Readonly<Record<TaskOrder, Compare>> = {
  due: (one, other) => dueTime(one) - dueTime(other) || byId(one, other),
  priority: (one, other) => WEIGHTS[one.priority] - WEIGHTS[other.priority] || byId(other, one),
  // Ids rise with time.
  created: (one, other) => byId(other, one),
  title: (one, other) => byCodePoint(one.title.toLowerCase(), other.title.toLowerCase()) || byId(one, other),
  manual: (one, other) => byCode(one.rank, other.rank) || byId(one, other),
};

/** Compares as the server orders: earliest due, highest priority, newest, by title, or as on the board. Pure. */
export const compareBy = (order: TaskOrder): Compare => ORDERINGS[order];

/** Compares texts by code point, as the server does: by code unit, some emoji would be before other characters. */
function byCodePoint(one: string, other: string): number {
  const [mine, theirs] = [[...one], [...other]];
  const at = mine.findIndex((character, index) => character !== theirs[index]);
  if (at < 0) return mine.length - theirs.length;
  return (mine[at]?.codePointAt(0) ?? 0) - (theirs[at]?.codePointAt(0) ?? -1);
}

/** A list of which the first pages are loaded, in the order of the server. */
interface LoadedList {
  items: readonly TaskState[];
  hasMore: boolean;
}

/**
 * Merges lists of the same order: what is after the last item of one that has more is left out, because tasks that are
 * not loaded yet belong before it. Pure.
 */
export function mergeLists(lists: readonly LoadedList[], order: TaskOrder): TaskState[] {
  const compare = compareBy(order);
  const ends = lists.flatMap(({ items, hasMore }) => (hasMore ? items.slice(-1) : [])).sort(compare);
  const end = ends[0];
  return lists.flatMap(({ items }) => (end ? items.filter((task) => compare(task, end) <= 0) : items));
}

/** The filters and the order of a list of tasks, as typed search parameters. */
export interface TaskFilters {
  scope: 'mine' | 'visible';
  status: 'open' | 'completed';
  /** Of open tasks; by due date unless given. */
  order?: Exclude<TaskOrder, 'due'> | undefined;
  /** One of its members. */
  member?: string | undefined;
  /** The list unless given. */
  view?: 'board' | undefined;
  priority?: TaskState['priority'] | undefined;
  q?: string | undefined;
}

/**
 * The web address that somebody has typed, with https if they left that out. Pure.
 * @returns null for nothing; undefined for what is no web address
 */
export function typedLink(text: string): string | null | undefined {
  const typed = text.trim();
  if (typed === '') return null;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (!URL.canParse(address)) return undefined;
  const { hostname, href, password, protocol, username } = new URL(address);
  const isWeb = (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
  return isWeb && /\.|^localhost$|^\[/.test(hostname) ? href : undefined;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Parses the filters of a URL; unknown ones are ignored. Pure. */
export function readFilters(search: Readonly<Record<string, unknown>>): TaskFilters {
  const { scope, status, view, order, member, priority, q } = search;
  const known = ORDERS.find((each) => each === order);
  return {
    scope: scope === 'visible' ? 'visible' : 'mine',
    status: status === 'completed' ? 'completed' : 'open',
    view: view === 'board' ? 'board' : undefined,
    order: known === 'due' ? undefined : known,
    // Of my own tasks nobody can choose a member, so nobody could see that this narrows them.
    member: scope === 'visible' && typeof member === 'string' && ID.test(member) ? member : undefined,
    priority: priority === 'low' || priority === 'medium' || priority === 'high' ? priority : undefined,
    q: typeof q === 'string' && q !== '' ? q.slice(0, 200) : undefined,
  };
}

/** The URL of a list with these filters; defaults are left out. Pure. */
export function listAddress(
  workspaceId: string,
  { scope, status, view, order, member, priority, q }: TaskFilters,
): string {
  const search = new URLSearchParams();
  if (view) search.set('view', view);
  if (scope !== 'mine') search.set('scope', scope);
  if (status !== 'open') search.set('status', status);
  if (order) search.set('order', order);
  if (member) search.set('member', member);
  if (priority) search.set('priority', priority);
  if (q) search.set('q', q);
  const text = search.toString();
  return `/w/${workspaceId}/tasks${text === '' ? '' : `?${text}`}`;
}
