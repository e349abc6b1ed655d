import type { TaskState } from '@atrium/protocol';
import { t } from '@lingui/core/macro';
import { problemText } from '../../../i18n/problems.ts';
import { announce } from '../../../live/announce.ts';
import { showPatch } from '../../../live/overlay.ts';
import { perform } from '../../../live/perform.ts';
import { patchAnswers } from '../../../live/queries.ts';
import { showToast } from '../../../ui/toast/toasts.ts';
import type { Move } from './model.ts';

/** Moves a card: shown and announced immediately, reverted if it is refused. */
export async function moveTask({ id, title }: TaskState, move: Move, columnName: string): Promise<void> {
  const { status, afterId, rank, position, count } = move;
  const shown = showPatch({ thing: `task:${id}`, fields: { status, rank }, read: ({ tasks }) => tasks[id] });
  announce(t`${title}, in ${columnName}, ${position} of ${count}`);
  try {
    const { people: _, ...moved } = await perform('tasks.move', { taskId: id, status, afterId });
    // The queries are refetched in a moment; until then their results are patched.
    patchAnswers('tasks.list', (answer) => ({
      ...answer,
      items: answer.items.map((task) => (task.id === id ? moved : task)),
    }));
  } catch (error) {
    showToast({ kind: 'problem', title: t`“${title}” was not moved`, body: problemText(error) });
  } finally {
    shown.undo();
  }
}

/** Reports that a dragged card was moved or deleted in the meantime. */
export function announceDragEnd(title: string): void {
  showToast({ kind: 'info', title: t`Somebody else moved or deleted “${title}” meanwhile` });
}
