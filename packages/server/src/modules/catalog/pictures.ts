import { isDeepStrictEqual } from 'node:util';
import type { NewProductImage, ProductImage } from '@atrium/protocol';
import { problem, type Work } from '../../platform/module/index.ts';
import { claimForProduct, clearFiles, contentPath, deleteAttachments, presentImage } from '../files/index.ts';

/** A product whose pictures change. */
interface Owner {
  id: string;
  workspaceId: string;
}

type Writing = Pick<Work, 'tx' | 'actorId' | 'enqueue'>;

/**
 * Sets the pictures of a product, which is locked or new, and deletes the files of the previous ones.
 * @param wanted in order
 * @returns the stored pictures; `before` itself if nothing changed
 * @throws `invalid_input` for files that are not unused pictures of the caller in this workspace
 */
export async function changePictures(
  work: Writing,
  owner: Owner,
  before: readonly ProductImage[],
  wanted: readonly NewProductImage[],
): Promise<readonly ProductImage[]> {
  const known = new Map(filesOf(before).map((picture) => [picture.fileId, picture]));
  const kept = new Set<string>();
  const fresh: string[] = [];
  for (const [at, { fileId }] of wanted.entries()) {
    if (fileId === null) continue;
    if (kept.has(fileId)) refuse(at, 'stands in the list twice');
    kept.add(fileId);
    if (!known.has(fileId)) fresh.push(fileId);
  }
  const claimed = await claim(work, owner, fresh);
  const after = wanted.map(({ url, fileId, alt }, at): ProductImage => {
    if (fileId === null) return { url: url ?? '', fileId, alt };
    const picture = known.get(fileId) ?? claimed.get(fileId);
    return picture === undefined ? refuse(at, 'is no unused picture that you uploaded here') : { ...picture, alt };
  });
  const gone = [...known.keys()].filter((id) => !kept.has(id));
  await deletePictures(work, gone);
  return isDeepStrictEqual(before, after) ? before : after;
}

/** Pictures of a product that are stored files. */
export function filesOf(images: readonly ProductImage[]): (ProductImage & { fileId: string })[] {
  return images.flatMap((image) => (image.fileId === null ? [] : [{ ...image, fileId: image.fileId }]));
}

/** Deletes files that no product uses any more; a job deletes the stored objects later. */
export async function deletePictures({ tx, enqueue }: Pick<Work, 'tx' | 'enqueue'>, ids: readonly string[]) {
  if (ids.length === 0) return;
  await deleteAttachments(tx, ids);
  enqueue(clearFiles, {});
}

async function claim(
  { tx, actorId }: Writing,
  { id: productId, workspaceId }: Owner,
  attachmentIds: readonly string[],
): Promise<Map<string, Omit<ProductImage, 'alt'>>> {
  if (attachmentIds.length === 0 || actorId === null) return new Map();
  const rows = await claimForProduct(tx, { attachmentIds, uploaderId: actorId, workspaceId, productId });
  return new Map(
    [...rows].map(([fileId, row]) => [fileId, { url: contentPath(fileId), fileId, image: presentImage(row) }]),
  );
}

function refuse(at: number, message: string): never {
  throw problem('invalid_input', { errors: [{ path: `images.${at}.fileId`, code: 'invalid_file', message }] });
}
