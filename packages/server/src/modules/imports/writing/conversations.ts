import { sizes } from '@atrium/protocol';
import { newId } from '../../../platform/new-id.ts';
import { memberOfWhich } from '../../chat/index.ts';
import { isVisitor } from '../../workspaces/index.ts';
import type { ConversationRow } from '../rows/neutral.ts';
import { cutTo, fitLine, storable } from '../rows/text.ts';
import { type Batch, LeftOut } from './batch.ts';

const MOST_NAME = 80;
const MOST_TOPIC = 250;
/** Beyond the second channel with the same name. */
const NUMBERS = Array.from({ length: 20 }, (_, at) => at + 2);
const KINDS = { public: 'channel', private: 'channel', group: 'group', direct: 'direct', support: 'channel' } as const;

/** Creates a conversation with those of its members who still exist. */
export async function writeConversation(batch: Batch, row: ConversationRow): Promise<string> {
  const { text: name, isCut } = fitLine(row.name, MOST_NAME, 'Unnamed');
  const topic = cutTo(storable(row.topic), MOST_TOPIC);
  if (isCut) batch.notes.push('the name is cut');
  if (topic.isCut) batch.notes.push('the topic is cut');
  const members = await membersOf(batch, row);
  if (batch.isDry) return newId();
  const supportCase = row.shape === 'support' ? await openCase(batch, row, members) : undefined;
  if (supportCase !== undefined) return supportCase;
  const creator = await creatorOf(batch, row, members);
  const used = row.shape === 'public' ? await emptyChannel(batch, name) : undefined;
  if (used !== undefined) {
    batch.notes.push('goes into the channel of this name, in which nothing has been written');
    await batch.map('manager', row.key, batch.job.ownerId);
    for (const id of members) await enterConversation(batch, row.key, used, id);
    return used;
  }
  const others = members.filter((id) => id !== creator);
  const [first, rest] = [others.slice(0, sizes.people), others.slice(sizes.people)];
  const { id, members: present } = await open(batch, row, { creator, memberIds: first, name, topic: topic.text });
  await batch.map('manager', row.key, creator);
  for (const { userId } of present) batch.addMember(id, userId);
  for (const userId of rest) await enterConversation(batch, row.key, id, userId);
  return id;
}

/** Opens a support case for a customer of the workspace; undefined if the person is not a customer here. */
async function openCase(batch: Batch, row: ConversationRow, members: readonly string[]): Promise<string | undefined> {
  const { job } = batch;
  const customer = row.customer === undefined ? undefined : await batch.mapped('person', row.customer);
  if (customer === undefined || job.roles.get(customer) !== 'customer' || job.former.has(customer)) {
    batch.notes.push('was a support case of somebody who is no customer here: becomes a private channel');
    return undefined;
  }
  const api = batch.as(job.ownerId, row.createdAt);
  const { id, members: present } = await api.conversations.create({
    workspaceId: job.workspaceId,
    kind: 'support',
    memberIds: [customer],
  });
  await batch.map('case', row.key, id);
  for (const { userId } of present) batch.addMember(id, userId);
  for (const userId of members) {
    await batch.attempt('a member is left out', () => enterConversation(batch, row.key, id, userId));
  }
  const assignee = row.assignee === undefined ? undefined : await batch.mapped('person', row.assignee);
  if (assignee !== undefined && !job.former.has(assignee)) {
    await batch.attempt('is in nobody’s hands', () => api.support.assign({ conversationId: id, userId: assignee }));
  }
  return id;
}

interface Opening {
  creator: string;
  memberIds: string[];
  name: string;
  topic: string;
}

/** Creates a conversation; a channel gets another name if its name is taken. */
async function open(batch: Batch, { createdAt, shape }: ConversationRow, opening: Opening) {
  const { creator, memberIds, name, topic } = opening;
  const { source, workspaceId } = batch.job;
  const api = batch.as(creator, createdAt);
  const input = { workspaceId, kind: KINDS[shape], memberIds };
  if (shape === 'direct') return api.conversations.create(input);
  if (shape === 'group') return api.conversations.create({ ...input, name, topic });
  const channel = { ...input, topic, visibility: shape === 'public' ? shape : ('private' as const) };
  const { notes } = batch;
  for (const suffix of ['', ` (${source})`, ...NUMBERS.map((number) => ` (${source} ${number})`)]) {
    const called = `${cutTo(name, MOST_NAME - suffix.length).text}${suffix}`;
    batch.notes = [];
    const made = await batch.attempt('', () => api.conversations.create({ ...channel, name: called }));
    batch.notes = notes;
    if (made === undefined) continue;
    if (suffix !== '') notes.push(`is called ${called}, since the workspace has another channel of its name`);
    return made;
  }
  return api.conversations.create({ ...channel, name });
}

/** Accounts of the members who remain. A direct conversation needs all of them. */
async function membersOf(batch: Batch, { members, shape }: ConversationRow): Promise<string[]> {
  const ids: string[] = [];
  for (const key of members) {
    const id = await batch.mapped('person', key);
    if (id === undefined) batch.notes.push(`its member ${key} is not among the people of the export`);
    else if (shape === 'direct' || !batch.job.former.has(id)) ids.push(id);
  }
  return [...new Set(ids)];
}

/** The creator, if they still exist; a private conversation is never created by a non-member. */
async function creatorOf(batch: Batch, row: ConversationRow, members: readonly string[]): Promise<string> {
  const { job } = batch;
  const mayOpen = (id: string) => !isVisitor(job.roles.get(id) ?? 'member');
  const opened = row.creator === undefined ? undefined : await batch.mapped('person', row.creator);
  if (opened !== undefined && members.includes(opened) && mayOpen(opened)) return opened;
  const first = members.find(mayOpen);
  if (first !== undefined) return first;
  if (row.shape !== 'public') {
    batch.notes.push('nobody of it may open it here: the owner of the workspace does');
  }
  return job.ownerId;
}

async function emptyChannel(batch: Batch, name: string): Promise<string | undefined> {
  const { ownerId, workspaceId } = batch.job;
  const { items } = await batch
    .as(ownerId, batch.open.now)
    .conversations.list({ workspaceId, scope: 'directory', limit: 100 });
  const same = items.filter((item) => item.name === name && item.joined);
  const [only] = same;
  if (same.length === 1 && only?.lastMessage === null) return only.id;
  return undefined;
}

/** Adds a person to a conversation, unless they are a member. */
export async function enterConversation(batch: Batch, key: string, id: string, userId: string): Promise<void> {
  if (batch.isMember(id, userId)) return;
  if ((await memberOfWhich(batch.db, userId, [id])).length === 0) {
    const manager = (await batch.mapped('manager', key)) ?? batch.job.ownerId;
    await batch.as(manager, batch.open.now).conversations.addMember({ conversationId: id, userId });
  }
  batch.addMember(id, userId);
}

/** The conversation of a row. Throws LeftOut. */
export async function conversationOf(batch: Batch, key: string): Promise<string> {
  const id = await batch.mapped('conversation', key);
  if (id === undefined) throw new LeftOut('its conversation was left out');
  return id;
}

const ACKED_AT_ONCE = 100;

/** Marks a conversation as read for its members. @returns the cursor of the next page */
export async function readAll(batch: Batch, key: string, cursor: string | undefined): Promise<string | undefined> {
  const conversationId = await conversationOf(batch, key);
  const manager = (await batch.mapped('manager', key)) ?? batch.job.ownerId;
  const { now } = batch.open;
  const page = await batch
    .as(manager, now)
    .conversations.members({ conversationId, limit: ACKED_AT_ONCE, ...(cursor === undefined ? {} : { cursor }) });
  const { asOf } = await batch.as(manager, now).messages.list({ conversationId, limit: 1 });
  for (const { userId } of page.items) {
    if (batch.job.former.has(userId)) continue;
    await batch.as(userId, now).messages.ack({ conversationId, deliveredSeq: asOf, readSeq: asOf });
  }
  return page.nextCursor ?? undefined;
}

/** Pins the same messages in the same order; skips those that were left out. */
export async function pinAll(batch: Batch, key: string, pins: readonly string[]): Promise<void> {
  if (pins.length === 0) return;
  const conversationId = await conversationOf(batch, key);
  const manager = (await batch.mapped('manager', key)) ?? batch.job.ownerId;
  for (const pin of pins) {
    const messageId = await batch.mapped('message', pin);
    if (messageId === undefined) continue;
    await batch.attempt('could not be pinned', () =>
      batch.as(manager, batch.open.now).pins.add({ conversationId, messageId }),
    );
  }
}

/** Archives a conversation that was archived. */
export async function archive(batch: Batch, key: string): Promise<void> {
  const conversationId = await conversationOf(batch, key);
  const manager = (await batch.mapped('manager', key)) ?? batch.job.ownerId;
  await batch.attempt('could not be archived', () =>
    batch.as(manager, batch.open.now).conversations.update({ conversationId, archived: true }),
  );
}

/** Closes a support case that was closed. */
export async function closeCase(batch: Batch, key: string): Promise<void> {
  const conversationId = await conversationOf(batch, key);
  const { ownerId } = batch.job;
  await batch.attempt('could not be closed', () => batch.as(ownerId, batch.open.now).support.close({ conversationId }));
}
