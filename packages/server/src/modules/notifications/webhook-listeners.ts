import type { Listeners } from '../../platform/module/index.ts';
import { adminIdsOf } from '../workspaces/index.ts';
import { notify } from './deciding/notify.ts';

const WHY = {
  gone: 'answered that it is gone',
  failing: 'has not taken any event for three days',
};

/** Notifications of workspace admins about webhook endpoints. */
export const webhookListeners: Listeners = {
  async 'webhookEndpoint:disabled'(work, { because, endpointId, url, workspaceId }) {
    const admins = await adminIdsOf(work.tx, workspaceId);
    await notify(
      work,
      admins.map((accountId) => ({
        accountId,
        type: 'general',
        cause: 'general',
        workspaceId,
        title: 'A webhook endpoint was disabled',
        body: `${new URL(url).host} ${WHY[because]}. Its events wait until you enable it again.`,
        link: `/w/${workspaceId}/settings/endpoints`,
        groupKey: `webhook endpoint ${endpointId}`,
      })),
    );
  },
};
