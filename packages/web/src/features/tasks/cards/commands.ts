import { t } from '@lingui/core/macro';
import { problemText } from '../../../i18n/problems.ts';
import { client } from '../../../live/client.ts';
import { showToast } from '../../../ui/toast/toasts.ts';

/** Creates a task from a message; the message shows it from then on. */
export async function makeTask(messageId: string): Promise<void> {
  try {
    await client.call('tasks.fromMessage', { messageId });
    showToast({ kind: 'done', title: t`Task made` });
  } catch (error) {
    showToast({ kind: 'problem', title: t`The task was not made`, body: problemText(error) });
  }
}
