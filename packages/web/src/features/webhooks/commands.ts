import type { InputNamed, OperationName, OutputNamed } from '@atrium/client';
import type { Webhook, WebhookEndpoint } from '@atrium/protocol';
import { t } from '@lingui/core/macro';
import { problemText } from '../../i18n/problems.ts';
import { announce } from '../../live/announce.ts';
import { client } from '../../live/client.ts';
import { patchAnswers, queries } from '../../live/queries.ts';
import { showToast } from '../../ui/toast/toasts.ts';

/** No event tells of endpoints, webhooks and deliveries: what was asked is asked again. */
const askAgain = (...names: OperationName[]) =>
  Promise.all(names.map((name) => queries.invalidateQueries({ queryKey: [name] })));

/** Asks how endpoints fare, and for their deliveries. */
export const refreshEndpoints = () => askAgain('webhookEndpoints.list', 'webhookEndpoints.deliveries');

/** Has the deliveries asked anew by whoever shows them next. */
export function clearDeliveries(): void {
  void queries.invalidateQueries({ queryKey: ['webhookEndpoints.deliveries'], refetchType: 'none' });
}

/** Does what takes no form, and says so when it is refused. @returns undefined when it was */
async function attempt<Done>(title: string, action: () => Promise<Done>): Promise<Done | undefined> {
  try {
    return await action();
  } catch (error) {
    showToast({ kind: 'problem', title, body: problemText(error) });
    return undefined;
  }
}

type One = Pick<WebhookEndpoint, 'id' | 'workspaceId'>;
const named = ({ id, workspaceId }: One) => ({ workspaceId, endpointId: id });

/** Creates an endpoint. Throws AtriumError when it is refused. @returns it with its secret */
export async function createEndpoint(
  input: InputNamed<'webhookEndpoints.create'>,
): Promise<OutputNamed<'webhookEndpoints.create'>> {
  const made = await client.call('webhookEndpoints.create', input);
  await refreshEndpoints();
  return made;
}

/** Changes an endpoint. Throws AtriumError when it is refused. */
export async function changeEndpoint(input: InputNamed<'webhookEndpoints.update'>): Promise<void> {
  await client.call('webhookEndpoints.update', input);
  await refreshEndpoints();
}

/** Enables or disables an endpoint; shown at once. */
export async function switchEndpoint(endpoint: WebhookEndpoint, enabled: boolean): Promise<void> {
  patchAnswers('webhookEndpoints.list', (answer) => ({
    ...answer,
    items: answer.items.map((each) =>
      each.id === endpoint.id ? { ...each, enabled, disabledBecause: null, failingSince: null } : each,
    ),
  }));
  const title = enabled ? t`The endpoint was not enabled` : t`The endpoint was not disabled`;
  await attempt(title, () => client.call('webhookEndpoints.update', { ...named(endpoint), enabled }));
  await refreshEndpoints();
}

/** Replaces the secret of an endpoint. @returns the new one; undefined when it was refused */
export async function rotateSecret(endpoint: WebhookEndpoint): Promise<string | undefined> {
  const made = await attempt(t`The secret was not replaced`, () =>
    client.call('webhookEndpoints.rotateSecret', named(endpoint)),
  );
  await askAgain('webhookEndpoints.list');
  return made?.secret;
}

/** Deletes an endpoint. @returns whether it was */
export async function deleteEndpoint(endpoint: WebhookEndpoint): Promise<boolean> {
  const done = await attempt(t`The endpoint was not deleted`, () =>
    client.call('webhookEndpoints.delete', named(endpoint)),
  );
  if (done) await askAgain('webhookEndpoints.list');
  return done !== undefined;
}

/** Sends a delivery again. */
export async function resend(endpoint: WebhookEndpoint, deliveryId: string): Promise<void> {
  const done = await attempt(t`It was not sent again`, () =>
    client.call('webhookEndpoints.resend', { ...named(endpoint), deliveryId }),
  );
  if (done) announce(t`It is sent again`);
  await refreshEndpoints();
}

/** Sends events again. Throws AtriumError when it is refused. */
export async function replay(endpoint: WebhookEndpoint, since: string): Promise<void> {
  await client.call('webhookEndpoints.replay', { ...named(endpoint), since });
  announce(t`The events are sent again`);
  await refreshEndpoints();
}

/** Sends an endpoint nothing of what waits for it. */
export async function skipWaiting(endpoint: WebhookEndpoint): Promise<void> {
  const since = new Date(client.now()).toISOString();
  await attempt(t`Nothing was skipped`, () => client.call('webhookEndpoints.replay', { ...named(endpoint), since }));
  await refreshEndpoints();
}

/** Creates a webhook. Throws AtriumError when it is refused. @returns it with its address */
export async function createWebhook(input: InputNamed<'webhooks.create'>): Promise<OutputNamed<'webhooks.create'>> {
  const made = await client.call('webhooks.create', input);
  await askAgain('webhooks.list');
  return made;
}

/** Changes the name and the picture of a webhook. Throws AtriumError when it is refused. */
export async function changeWebhook(input: InputNamed<'webhooks.update'>): Promise<void> {
  await client.call('webhooks.update', input);
  await askAgain('webhooks.list');
}

const oneHook = ({ conversationId, id }: Webhook) => ({ conversationId, webhookId: id });

/** Enables or disables a webhook; shown at once. */
export async function switchWebhook(webhook: Webhook, enabled: boolean): Promise<void> {
  patchAnswers('webhooks.list', (answer) => ({
    ...answer,
    items: answer.items.map((each) => (each.id === webhook.id ? { ...each, enabled } : each)),
  }));
  const title = enabled ? t`The webhook was not enabled` : t`The webhook was not disabled`;
  await attempt(title, () => client.call('webhooks.update', { ...oneHook(webhook), enabled }));
  await askAgain('webhooks.list');
}

/** Replaces the address of a webhook. @returns the new one; undefined when it was refused */
export async function rotateAddress(webhook: Webhook): Promise<string | undefined> {
  const made = await attempt(t`The address was not replaced`, () => client.call('webhooks.rotate', oneHook(webhook)));
  return made?.url;
}

/** Deletes a webhook. */
export async function deleteWebhook(webhook: Webhook): Promise<void> {
  await attempt(t`The webhook was not deleted`, () => client.call('webhooks.delete', oneHook(webhook)));
  await askAgain('webhooks.list');
}
