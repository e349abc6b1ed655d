import { fileOfPath } from '@atrium/protocol';
import { contactsById, usersById } from '../../identity/index.ts';
import { membersOf } from '../../workspaces/index.ts';
import type { ExportedPerson, ExportedPicture } from '../rows/export-format.ts';
import { pictureFile } from './pictures.ts';
import type { Exported } from './reader.ts';

const AT_ONCE = 500;

/** The members of the workspace, and everyone mentioned in the exported parts. */
export async function* peopleValues(exported: Exported): AsyncGenerator<ExportedPerson, void> {
  const roles = new Map((await membersOf(exported.db, exported.workspaceId)).map(({ role, userId }) => [userId, role]));
  const ids = [...new Set([...roles.keys(), ...exported.people])];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const users = await usersById(exported.db, some);
    const contacts = await contactsById(exported.db, some);
    for (const { avatar, id, isBot, name, username } of users.values()) {
      const { email = null, timezone = null } = contacts.get(id) ?? {};
      const role = roles.get(id) ?? null;
      yield {
        type: 'person',
        id,
        name,
        username,
        email,
        timezone,
        role,
        isBot,
        avatar: await picture(exported, avatar),
      };
    }
  }
}

async function picture(exported: Exported, avatar: string | null): Promise<ExportedPicture | null> {
  const fileId = avatar === null ? undefined : fileOfPath(avatar);
  if (avatar === null) return null;
  return fileId === undefined ? { url: avatar } : ((await pictureFile(exported, fileId)) ?? null);
}
