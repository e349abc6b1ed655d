import { timers } from '@atrium/protocol';
import { misused, type SlashCall, type SlashCommand } from '../slash/index.ts';
import { type FullTask, openTaskIdsOf, tasksById } from '../tasks/index.ts';
import { runningOf } from '../time-entries/index.ts';
import { clockBehindLocks } from './rows/lock-store.ts';

/** 5025 s → "1:23:45". */
export function clockTime(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** The only task of the caller with this text as its title or in it. */
async function taskMeant({ db, userId, workspaceId }: SlashCall, words: string): Promise<FullTask> {
  const wanted = words.toLowerCase();
  const tasks = [...(await tasksById(db, await openTaskIdsOf(db, userId, workspaceId))).values()];
  const exact = tasks.filter(({ title }) => title.toLowerCase() === wanted);
  const found = exact.length > 0 ? exact : tasks.filter(({ title }) => title.toLowerCase().includes(wanted));
  const [only, ...others] = found;
  if (only === undefined) throw misused(`you have no open task here called "${words.slice(0, 60)}"`);
  if (others.length === 0) return only;
  const titles = found.slice(0, 3).map(({ title }) => `"${title}"`);
  throw misused(`several tasks match: ${titles.join(', ')}`);
}

async function start(call: SlashCall, words: string) {
  const { id: taskId, title } = await taskMeant(call, words);
  await call.call(timers.start, { taskId });
  return { notice: `Your timer on "${title}" is running.` };
}

async function stop(call: SlashCall, words: string) {
  const running = await runningOf(call.db, call.userId);
  if (running.length === 0) throw misused('you have no running timer');
  const titles = await tasksById(
    call.db,
    running.map(({ task_id }) => task_id),
  );
  const wanted = words.toLowerCase();
  const matching = running.filter(({ task_id }) => titles.get(task_id)?.title.toLowerCase().includes(wanted));
  const [only] = matching;
  if (only === undefined) throw misused(`you have no running timer on "${words.slice(0, 60)}"`);
  if (matching.length > 1) throw misused('several of your timers are running: say on which task');
  await call.call(timers.stop, { taskId: only.task_id, entryId: only.id });
  return { notice: `Your timer on "${titles.get(only.task_id)?.title ?? ''}" has stopped.` };
}

async function list({ call, db }: SlashCall) {
  const { items } = await call(timers.mine, {});
  if (items.length === 0) return { notice: 'None of your timers is running.' };
  const titles = await tasksById(
    db,
    items.map(({ taskId }) => taskId),
  );
  const now = (await clockBehindLocks(db)).getTime();
  const lines = items.map(({ taskId, startedAt }) => {
    return `${titles.get(taskId)?.title ?? 'A task'}: ${clockTime(now - Date.parse(startedAt))}`;
  });
  return { notice: lines.join('\n') };
}

/** The slash commands of timers. */
export const timerCommands: readonly SlashCommand[] = [
  {
    name: 'timer',
    args: 'start|stop|status task',
    summary: 'Start or stop your timer on a task, or see what is running',
    needsArgs: true,
    async run(call) {
      const [verb = '', ...rest] = call.args.split(/\s+/);
      const words = rest.join(' ');
      if (verb === 'status') return list(call);
      if (verb === 'stop') return stop(call, words);
      if (verb === 'start' && words !== '') return start(call, words);
      throw misused(verb === 'start' ? 'say which task' : 'say start, stop or status');
    },
  },
  {
    name: 'timers',
    args: '',
    summary: 'See which of your timers are running',
    needsArgs: false,
    run: list,
  },
];
