import { auth, avatarOfFile, timezone, type WorkspaceRole } from '@atrium/protocol';
import { newId } from '../../../platform/new-id.ts';
import { accountOfAddress, createUnclaimedAccount, idsByUsername, usersById } from '../../identity/index.ts';
import { admitToWorkspace, membershipOf } from '../../workspaces/index.ts';
import type { PersonRow } from '../rows/neutral.ts';
import { fitLine } from '../rows/text.ts';
import type { Batch } from './batch.ts';
import type { Fetched } from './files.ts';

const { username: usernameShape, email: emailShape } = auth.register.input.shape;
/** A domain that never exists (RFC 2606). */
const NOWHERE = 'import.invalid';
const MOST_NAME = 80;
/** A name that is taken gets a number. */
const MOST_NUMBER = 20;

/** Finds or creates the account of a person, and adds it to the workspace. */
export async function writePerson(batch: Batch, row: PersonRow, fetched?: Fetched): Promise<string> {
  if (row.isBot && row.isActive) return writeBot(batch, row, fetched);
  const email = emailShape.safeParse(row.email).data;
  if (row.email !== undefined && email === undefined) batch.notes.push(`${row.email} is not an e-mail address`);
  const found = email === undefined ? undefined : await accountOfAddress(batch.db, email);
  if (found?.isProven === false) {
    batch.notes.push(
      `somebody signed up with ${email} who has not shown that they read mail there: a stand-in is made`,
    );
  }
  const matched = found?.isProven === true ? found.id : undefined;
  // People who had left must not get an account.
  const address = found === undefined && row.isActive ? email : undefined;
  if (email === undefined) {
    batch.notes.push('has no e-mail address: a stand-in is made, to which nobody can sign in');
  }
  if (batch.isDry) {
    const id = matched ?? newId();
    batch.job.usernames.set(row.key, row.username ?? row.name);
    return id;
  }
  const id = matched ?? (await place(batch, row, address));
  const isStaying = row.isActive && (matched !== undefined || address !== undefined);
  if (matched === undefined && !isStaying) {
    await batch.map('former', row.key, id);
    batch.job.former.add(id);
  }
  await enterWorkspace(batch, id, matched === undefined && !row.isActive ? 'member' : row.role);
  // People with an existing account keep their picture.
  if (matched === undefined) await showPicture(batch, id, row, fetched);
  await remember(batch, row.key, id);
  return id;
}

/** Recreates a bot of the workspace. Its operator has to create new tokens. */
async function writeBot(batch: Batch, row: PersonRow, fetched?: Fetched): Promise<string> {
  batch.notes.push('is a bot: its API tokens are not in the export, create new ones');
  if (batch.isDry) return newId();
  const { ownerId, workspaceId } = batch.job;
  const username = await freeUsername(batch, row);
  const { user } = await batch.as(ownerId, batch.open.now).bots.create({
    workspaceId,
    name: fitLine(row.name, MOST_NAME, 'Bot').text,
    role: row.role === 'guest' ? 'guest' : 'member',
    ...(username === null ? {} : { username }),
  });
  batch.addMember(workspaceId, user.id);
  await showPicture(batch, user.id, row, fetched);
  await remember(batch, row.key, user.id);
  return user.id;
}

/** Sets the picture of a newly created account. */
async function showPicture(batch: Batch, userId: string, { avatar }: PersonRow, fetched?: Fetched): Promise<void> {
  batch.notes.push(...(fetched?.notes ?? []));
  const api = batch.as(userId, batch.open.now);
  await batch.attempt('the picture is left out', async () => {
    for (const { sent } of fetched?.files ?? []) {
      const { attachments } = await api.attachments.upload({}, { files: sent() });
      for (const { id } of attachments) await api.users.updateMe({ avatar: avatarOfFile(id) });
    }
    if (avatar !== undefined && 'url' in avatar) await api.users.updateMe({ avatar: avatar.url });
  });
}

async function place(batch: Batch, row: PersonRow, email: string | undefined): Promise<string> {
  const { text: name, isCut } = fitLine(row.name, MOST_NAME, row.username ?? 'Unknown');
  if (isCut) batch.notes.push('the name is cut');
  return createUnclaimedAccount(batch.open.as(batch.job.ownerId), {
    name,
    username: await freeUsername(batch, row),
    email: email ?? `${newId()}@${NOWHERE}`,
    timezone: timezone.safeParse(row.timezone).data ?? batch.job.deps.defaultTimezone,
  });
}

async function freeUsername(batch: Batch, { username }: PersonRow): Promise<string | null> {
  if (username === undefined) return null;
  const tidy = username
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 27);
  const names = Array.from({ length: MOST_NUMBER }, (_, at) => (at === 0 ? tidy : `${tidy}${at + 1}`));
  const possible = names.filter((name) => usernameShape.safeParse(name).success);
  const taken = await idsByUsername(batch.db, possible);
  const free = possible.find((name) => !taken.has(name)) ?? null;
  if (free !== username) batch.notes.push(`is called ${free ?? 'by their name'} instead of ${username}`);
  return free;
}

/** Adds a person to the workspace, unless they are a member. */
export async function enterWorkspace(batch: Batch, userId: string, role: WorkspaceRole = 'member'): Promise<void> {
  const { job } = batch;
  if (batch.isMember(job.workspaceId, userId)) return;
  await admitToWorkspace(batch.open.as(job.ownerId), job.workspaceId, { userId, role });
  batch.addMember(job.workspaceId, userId);
}

/** Records a person's mention name and role, even if they were a member before. */
export async function remember(batch: Batch, key: string, id: string): Promise<void> {
  const { job } = batch;
  const user = (await usersById(batch.db, [id])).get(id);
  if (user !== undefined) job.usernames.set(key, user.username ?? user.name);
  const membership = await membershipOf(batch.db, job.workspaceId, id);
  if (membership !== undefined) job.roles.set(id, membership.role);
}

/** The account of an author, or a stand-in for one who is named nowhere else. */
export async function authorOf(batch: Batch, key: string, name: string | undefined): Promise<string> {
  const known = await batch.mapped('person', key);
  if (known !== undefined) {
    if (!batch.isDry) await enterWorkspace(batch, known);
    return known;
  }
  batch.notes.push(`its author ${name ?? key} is not among the people of the export: a stand-in is made`);
  const { notes } = batch;
  batch.notes = [];
  const row = { kind: 'person', key, where: '', name: name ?? key, role: 'member', isActive: false } as const;
  const id = await writePerson(batch, row);
  batch.notes = notes;
  await batch.map('person', key, id);
  return id;
}
