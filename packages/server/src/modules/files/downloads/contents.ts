import { z } from 'zod';
import type { Database } from '../../../platform/database/index.ts';
import {
  type Content,
  type ContentRequest,
  type ContentRoute,
  ProblemError,
  problem,
} from '../../../platform/module/index.ts';
import { MissingObject, type Storage } from '../../../platform/storage/index.ts';
import type { Keyring } from '../../identity/index.ts';
import { contentKey, thumbnailKey } from '../rows/keys.ts';
import { CONTENT_PATH } from '../rows/present.ts';
import type { AttachmentRow } from '../rows/tables.ts';
import { ownerOfLink, type Variant } from './link.ts';
import { downloadName } from './name.ts';

export interface ContentDeps {
  clock: { now(): Date };
  database: Pick<Database, 'db'>;
  keyring: Pick<Keyring, 'seal' | 'unseal'>;
  storage: Pick<Storage, 'open'>;
  /** Throws `not_found` for who may not read it; undefined: someone who is not signed in. */
  find(db: Database['db'], userId: string | undefined, id: string): Promise<{ row: AttachmentRow }>;
}

/** Pictures that were converted here: they carry nothing but pixels. */
const SAFE = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif']);
const id = z.uuid().toLowerCase();
const THUMBNAIL_TYPE = 'image/webp';

/**
 * The bytes of files, by a session, by a link, or without either where anyone may see them. In each case the right to
 * read them is looked at again.
 */
export function attachmentContents(deps: ContentDeps): ContentRoute[] {
  const route = (path: ContentRoute['path'], variant: Variant): ContentRoute => ({
    path,
    signedOutLimit: 'shop',
    async find(request) {
      const attachmentId = id.safeParse(request.params.attachmentId).data;
      const userId = await readerOf(deps, request, attachmentId, variant);
      if (attachmentId === undefined) throw problem(userId === undefined ? 'unauthenticated' : 'not_found');
      const { row } = await findFor(deps, userId, attachmentId);
      return variant === 'file' ? fileOf(deps, row) : thumbnailOf(deps, row);
    },
  });
  return [route(CONTENT_PATH, 'file'), route(`${CONTENT_PATH}/thumbnail`, 'thumbnail')];
}

/** Whoever is not signed in is told to do so, whether there is such a file or not. */
async function findFor({ database, find }: ContentDeps, userId: string | undefined, attachmentId: string) {
  return find(database.db, userId, attachmentId).catch((error: unknown) => {
    throw userId === undefined && error instanceof ProblemError ? problem('unauthenticated') : error;
  });
}

/** Whose right counts; undefined: nobody's who is signed in. */
async function readerOf(
  { clock, keyring }: ContentDeps,
  request: ContentRequest,
  attachmentId: string | undefined,
  variant: Variant,
): Promise<string | undefined> {
  const { token } = request.query;
  const actor = await request.identify();
  if (typeof token === 'string' && attachmentId !== undefined) {
    const owner = ownerOfLink(keyring, { attachmentId, variant, token }, clock.now());
    if (owner === undefined) throw problem('not_found', 'This link is not good, or not any more.');
    return owner;
  }
  if (actor.kind !== 'user') return undefined;
  if (actor.scopes?.includes('read') === false) throw problem('scope_missing', 'The token needs the scope "read".');
  return actor.userId;
}

function fileOf({ storage }: ContentDeps, row: AttachmentRow): Content {
  return {
    etag: `"${row.id}"`,
    lastModified: row.created_at,
    bytes: row.bytes,
    type: row.type === 'text/plain' || row.type === 'text/csv' ? `${row.type}; charset=utf-8` : row.type,
    name: downloadName(row.filename, row.type),
    inline: SAFE.has(row.type),
    open: (range) => openObject(storage, contentKey(row.id), range),
  };
}

async function thumbnailOf({ storage }: ContentDeps, row: AttachmentRow): Promise<Content> {
  if (row.width === null || row.thumbnail_bytes === null) throw problem('not_found', 'Only pictures have a thumbnail.');
  return {
    etag: `"${row.id}-thumbnail"`,
    lastModified: row.created_at,
    bytes: row.thumbnail_bytes,
    type: THUMBNAIL_TYPE,
    name: downloadName(row.filename, THUMBNAIL_TYPE),
    inline: true,
    open: (range) => openObject(storage, thumbnailKey(row.id), range),
  };
}

/** Throws `not_found` for bytes that are lost, or were deleted a moment ago. */
async function openObject(...[storage, key, range]: [Pick<Storage, 'open'>, ...Parameters<Storage['open']>]) {
  return storage.open(key, range).catch((error: unknown) => {
    if (error instanceof MissingObject) throw problem('not_found', 'The content of this file is gone.');
    throw error;
  });
}
