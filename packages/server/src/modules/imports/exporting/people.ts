import { contactsById, usersById } from '../../identity/index.ts';
import { membersOf } from '../../workspaces/index.ts';
import type { ExportedPerson } from '../rows/export-format.ts';
import type { Exported } from './reader.ts';

const AT_ONCE = 500;

/** The members of the workspace, and everybody who is named in what was exported. */
export async function* peopleValues(exported: Exported): AsyncGenerator<ExportedPerson, void> {
  const roles = new Map((await membersOf(exported.db, exported.workspaceId)).map(({ role, userId }) => [userId, role]));
  const ids = [...new Set([...roles.keys(), ...exported.people])];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const users = await usersById(exported.db, some);
    const contacts = await contactsById(exported.db, some);
    for (const { id, name, username } of users.values()) {
      const { email = null, timezone = null } = contacts.get(id) ?? {};
      yield { type: 'person', id, name, username, email, timezone, role: roles.get(id) ?? null };
    }
  }
}
