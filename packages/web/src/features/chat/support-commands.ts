import { t } from '@lingui/core/macro';
import { problemText } from '../../i18n/problems.ts';
import { client } from '../../live/client.ts';
import { showToast } from '../../ui/toast/toasts.ts';

/**
 * Opens a support case of the user's own, or the one that is still open.
 * @returns its id; undefined if it was refused, which the user was told
 */
export async function openSupportCase(workspaceId: string): Promise<string | undefined> {
  try {
    return (await client.call('conversations.create', { workspaceId, kind: 'support' })).id;
  } catch (error) {
    showToast({ kind: 'problem', title: t`Your question could not be opened`, body: problemText(error) });
    return undefined;
  }
}
