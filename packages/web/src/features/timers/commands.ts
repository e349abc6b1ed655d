import { t } from '@lingui/core/macro';
import { problemText } from '../../i18n/problems.ts';
import { announce } from '../../live/announce.ts';
import { client } from '../../live/client.ts';
import { showToast } from '../../ui/toast/toasts.ts';

interface Named {
  id: string;
  title: string;
}

/** Starts my timer on a task. It is shown once the server says so: only its clock counts. */
export async function startTimer({ id, title }: Named): Promise<void> {
  try {
    await client.call('timers.start', { taskId: id });
    announce(t`Timer started: ${title}`);
  } catch (error) {
    showToast({ kind: 'problem', title: t`The timer was not started`, body: problemText(error) });
  }
}

/** Stops my timer on a task. */
export async function stopTimer({ id, title }: Named): Promise<void> {
  try {
    await client.call('timers.stop', { taskId: id });
    announce(t`Timer stopped: ${title}`);
  } catch (error) {
    showToast({ kind: 'problem', title: t`The timer was not stopped`, body: problemText(error) });
  }
}

/** Stops everybody's timers on a task. */
export async function stopAllTimers({ id, title }: Named): Promise<void> {
  try {
    await client.call('timers.forceStopAll', { taskId: id });
    announce(t`All timers stopped: ${title}`);
  } catch (error) {
    showToast({ kind: 'problem', title: t`The timers were not stopped`, body: problemText(error) });
  }
}
