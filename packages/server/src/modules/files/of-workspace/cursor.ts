import { validate } from 'uuid';
import { invalidCursor } from '../../../platform/module/index.ts';
import type { Keyring } from '../../identity/index.ts';

type Sealing = Pick<Keyring, 'seal' | 'unseal'>;

const contextOf = (workspaceId: string) => ['files of a workspace', workspaceId] as const;

/**
 * The cursor of the page that comes after a file. It is sealed: its holder may not be allowed to know of that file.
 */
export function cursorAfter(keyring: Sealing, workspaceId: string, id: string): string {
  return keyring.seal(contextOf(workspaceId), Buffer.from(id)).toString('base64url');
}

/** The file that a page comes after. Throws `invalid_input` for a cursor of another list. */
export function positionOf(keyring: Sealing, workspaceId: string, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = unsealed(keyring, workspaceId, cursor);
  if (id !== undefined && validate(id)) return id;
  throw invalidCursor();
}

function unsealed(keyring: Sealing, workspaceId: string, cursor: string): string | undefined {
  try {
    return keyring.unseal(contextOf(workspaceId), Buffer.from(cursor, 'base64url')).toString();
  } catch {
    return undefined;
  }
}
