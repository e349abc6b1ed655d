import type { AdminUser, AdminWorkspace, InstanceSettings } from '@atrium/protocol';
import { problemText } from '../../i18n/problems.ts';
import { client } from '../../live/client.ts';
import { patchAnswers, queries } from '../../live/queries.ts';
import { showToast } from '../../ui/toast/toasts.ts';

/** What administrators do with the account of somebody else. */
export type UserDeed =
  | 'promote'
  | 'demote'
  | 'disable'
  | 'enable'
  | 'signOut'
  | 'resetSecondFactor'
  | 'removePicture'
  | 'delete';

/** Does something with an account. Throws AtriumError when it is refused. */
export async function doWithUser({ id: userId }: Pick<AdminUser, 'id'>, deed: UserDeed): Promise<void> {
  const deeds: Record<UserDeed, () => Promise<unknown>> = {
    promote: () => client.call('adminUsers.update', { userId, role: 'admin' }),
    demote: () => client.call('adminUsers.update', { userId, role: 'user' }),
    disable: () => client.call('adminUsers.update', { userId, disabled: true }),
    enable: () => client.call('adminUsers.update', { userId, disabled: false }),
    signOut: () => client.call('adminUsers.signOut', { userId }),
    resetSecondFactor: () => client.call('adminUsers.resetSecondFactor', { userId }),
    removePicture: () => client.call('adminUsers.removePicture', { userId }),
    delete: () => client.call('adminUsers.delete', { userId }),
  };
  await deeds[deed]();
  // No event says so: it is about the account of somebody else.
  for (const name of ['adminUsers.list', 'audit.list']) void queries.invalidateQueries({ queryKey: [name] });
}

/** Deletes a workspace with everything in it. Throws AtriumError when it is refused. */
export async function deleteWorkspace({ id: workspaceId }: Pick<AdminWorkspace, 'id'>): Promise<void> {
  await client.call('adminWorkspaces.delete', { workspaceId });
  // No event says so to those who are not in it.
  for (const name of ['adminWorkspaces.list', 'audit.list']) void queries.invalidateQueries({ queryKey: [name] });
}

/** Changes how the instance lets people in; shown at once, taken back when it is refused. Throws AtriumError then. */
export async function changeSettings(changes: Partial<InstanceSettings>): Promise<void> {
  patchAnswers('admin.settings', (before) => ({ ...before, ...changes }));
  try {
    const settings = await client.call('admin.updateSettings', changes);
    patchAnswers('admin.settings', () => settings);
  } catch (error) {
    void queries.invalidateQueries({ queryKey: ['admin.settings'] });
    throw error;
  }
  for (const name of ['instance.get', 'audit.list']) void queries.invalidateQueries({ queryKey: [name] });
}

/** Sends a mail again that has failed. */
export async function resendMail(mailId: string, title: string): Promise<void> {
  try {
    await client.call('mails.resend', { mailId });
    await queries.invalidateQueries({ queryKey: ['mails.list'] });
  } catch (error) {
    showToast({ kind: 'problem', title, body: problemText(error) });
  }
}
