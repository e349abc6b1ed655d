import { webhookEventType, webhooks } from '@atrium/protocol';
import { newId } from '../../../platform/new-id.ts';
import { memberOfWhich } from '../../chat/index.ts';
import type { EndpointRow, WebhookRow } from '../rows/neutral.ts';
import { cutTo, fitLine, storable } from '../rows/text.ts';
import { type Batch, LeftOut } from './batch.ts';
import { conversationOf } from './conversations.ts';

const MOST_NAME = 80;
const MOST_DESCRIPTION = 200;
const { avatar: avatarShape } = webhooks.create.input.shape;

/** Recreates an incoming webhook of a conversation, with a new URL. */
export async function writeWebhook(batch: Batch, row: WebhookRow): Promise<string> {
  const conversationId = await conversationOf(batch, row.conversation);
  batch.notes.push('has a new secret URL: rotate it to see one, and give that to the program');
  if (batch.isDry) return newId();
  const manager = (await batch.mapped('manager', row.conversation)) ?? batch.job.ownerId;
  const api = batch.as(manager, batch.open.now);
  const { text: name } = fitLine(row.name, MOST_NAME, 'Webhook');
  const avatar = avatarShape.safeParse(row.avatar).data ?? null;
  const { id: webhookId } = await api.webhooks.create({ conversationId, name, avatar });
  if (!row.isEnabled) await api.webhooks.update({ conversationId, webhookId, enabled: false });
  return webhookId;
}

/** Recreates a webhook endpoint. It is disabled, since its server needs the new secret first. */
export async function writeEndpoint(batch: Batch, row: EndpointRow): Promise<string> {
  const { ownerId, workspaceId } = batch.job;
  const eventTypes = row.eventTypes.flatMap((type) => webhookEventType.safeParse(type).data ?? []);
  if (eventTypes.length === 0) throw new LeftOut('it is sent no events that are known here');
  if (eventTypes.length < row.eventTypes.length) batch.notes.push('is sent fewer event types: some are not known here');
  batch.notes.push('has a new secret and is disabled: replace its secret to see one, then enable it');
  if (batch.isDry) return newId();
  const wanted: string[] = [];
  for (const key of row.conversations) wanted.push(...[(await batch.mapped('conversation', key)) ?? []].flat());
  const conversationIds = await memberOfWhich(batch.db, ownerId, wanted);
  const lost = row.conversations.length - conversationIds.length;
  if (lost > 0) batch.notes.push(`is not sent the events of ${lost} conversations that the owner is not in`);
  const { text: description } = cutTo(storable(row.description), MOST_DESCRIPTION);
  const input = { workspaceId, url: row.url, eventTypes, description, conversationIds, enabled: false };
  return (await batch.as(ownerId, batch.open.now).webhookEndpoints.create(input)).id;
}
