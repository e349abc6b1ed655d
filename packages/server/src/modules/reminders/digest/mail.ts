import { type MailList, mailTemplate } from '../../../platform/mail/index.ts';
import { type FullTask, priorityOf } from '../../tasks/index.ts';

const COLORS: Readonly<Record<string, string>> = { high: '#e74c3c', medium: '#f39c12', low: '#3498db' };
const OTHER_COLOR = '#95a5a6';
/** Maximum number of tasks per section; the number of further ones is shown. */
const SHOWN = 100;
const FOOTER = 'You choose in the settings of your account when this mail comes, or that it does not.';

/** The content of the digest of a day. */
export interface DigestContent {
  appUrl: string;
  zone: string;
  today: readonly FullTask[];
  overdue: readonly FullTask[];
}

export const colorOf = (priority: string): string => COLORS[priority] ?? OTHER_COLOR;

function dueText({ due_at, due_on }: FullTask, zone: string, isToday: boolean): string {
  const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  if (due_at === null) {
    return isToday ? 'today' : new Date(due_on ?? '').toLocaleDateString('en-GB', { ...day, timeZone: 'UTC' });
  }
  const time = { hour: '2-digit', minute: '2-digit', timeZone: zone } as const;
  return due_at.toLocaleString('en-GB', isToday ? time : { ...day, ...time });
}

function listOf(
  title: string,
  tasks: readonly FullTask[],
  { zone, isToday }: { zone: string; isToday: boolean },
): MailList {
  const items = tasks.slice(0, SHOWN).map((task) => {
    const priority = priorityOf(task.priority);
    const details = [`Due: ${dueText(task, zone, isToday)}`, `Priority: ${priority}`];
    if (task.category !== null) details.push(`Category: ${task.category}`);
    if (task.link !== null) details.push(`Link: ${task.link}`);
    return { title: task.title, url: `tasks/${task.id}`, color: colorOf(priority), details };
  });
  return { title, items, more: Math.max(0, tasks.length - SHOWN) };
}

/** The digest of a day as a mail. */
export function digestMail({ appUrl, overdue, today, zone }: DigestContent) {
  const count = today.length === 1 ? '1 task' : `${today.length} tasks`;
  const subject = `Good morning! You have ${count} due today`;
  const lists = [listOf('Due today', today, { zone, isToday: true })];
  if (overdue.length > 0) lists.push(listOf('Overdue', overdue, { zone, isToday: false }));
  return { subject, ...mailTemplate({ appUrl, title: subject, paragraphs: [], lists, closing: FOOTER }) };
}
