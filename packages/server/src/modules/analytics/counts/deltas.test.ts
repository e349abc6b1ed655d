import { expect, it } from 'vitest';
import type { FullTask } from '../../tasks/index.ts';
import { countDeltas } from './deltas.ts';

const task = (changes: Partial<FullTask> = {}) =>
  ({ status: 'todo', category: null, deleted_at: null, member_ids: ['ann', 'ben'], ...changes }) as FullTask;

const delta = (accountId: string, category: string, open: number, completed: number) => ({
  accountId,
  category,
  open,
  completed,
});

it.each([
  ['a new task', undefined, task(), [delta('ann', '', 1, 0), delta('ben', '', 1, 0)]],
  ['a completed one', task(), task({ status: 'completed' }), [delta('ann', '', -1, 1), delta('ben', '', -1, 1)]],
  ['one that is in progress', task(), task({ status: 'in-progress' }), []],
  ['another member', task({ member_ids: ['ann'] }), task(), [delta('ben', '', 1, 0)]],
  ['one member less', task(), task({ member_ids: ['ben'] }), [delta('ann', '', -1, 0)]],
  [
    'another category',
    task({ member_ids: ['ann'] }),
    task({ member_ids: ['ann'], category: 'Home' }),
    [delta('ann', '', -1, 0), delta('ann', 'Home', 1, 0)],
  ],
  [
    'the trash',
    task({ member_ids: ['ann'] }),
    task({ member_ids: ['ann'], deleted_at: new Date() }),
    [delta('ann', '', -1, 0)],
  ],
  ['what is removed from the trash', task({ deleted_at: new Date() }), undefined, []],
  ['what is removed', task({ member_ids: ['ann'], status: 'completed' }), undefined, [delta('ann', '', 0, -1)]],
])('%s', (_, before, after, deltas) => {
  expect(countDeltas([{ before, after }])).toEqual(deltas);
});

it('adds up what several tasks change', () => {
  const changes = [task(), task({ category: 'Home' }), task()].map((after) => ({ before: undefined, after }));
  expect(countDeltas(changes)).toEqual([
    delta('ann', '', 2, 0),
    delta('ann', 'Home', 1, 0),
    delta('ben', '', 2, 0),
    delta('ben', 'Home', 1, 0),
  ]);
});
