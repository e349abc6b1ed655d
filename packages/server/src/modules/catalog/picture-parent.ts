import type { Executor } from '../../platform/database/index.ts';
import { anonymous, ProblemError, problem } from '../../platform/module/index.ts';
import type { AttachmentParent, AttachmentRow } from '../files/index.ts';
import { holdMemberships } from '../workspaces/index.ts';
import { loadProduct, type ProductSubject, type Reader } from './access.ts';
import { mayManage } from './policy.ts';
import { changeProduct } from './product-changes.ts';
import { lockProducts } from './product-store.ts';

/** The product of a picture as someone finds it; undefined if they do not see it. */
async function subjectOf(
  db: Executor,
  userId: string | undefined,
  row: AttachmentRow,
): Promise<ProductSubject | undefined> {
  const reader: Reader = userId === undefined ? anonymous : { kind: 'user', userId };
  try {
    return await loadProduct(db, reader, { productId: row.product_id });
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'not_found') return undefined;
    throw error;
  }
}

/** Pictures of a product are seen by who sees it, signed in or not, and deleted by who may change it. */
export const productPictures: AttachmentParent = {
  mayRead: async (db, userId, row) => (await subjectOf(db, userId, row)) !== undefined,

  mayDelete: async (db, userId, row) => mayManage((await subjectOf(db, userId, row))?.facts.role),

  async hold(tx, userId, row) {
    if (row.workspace_id !== null) await holdMemberships(tx, row.workspace_id, [userId]);
  },

  async remove(work, userId, row) {
    const subject = await subjectOf(work.tx, userId, row);
    if (subject === undefined) throw problem('not_found');
    if (!mayManage(subject.facts.role)) throw problem('forbidden');
    const product = (await lockProducts(work.tx, [subject.product.id])).get(subject.product.id);
    if (product === undefined || product.deleted_at !== null) throw problem('not_found');
    const left = product.images.filter(({ fileId }) => fileId !== row.id);
    if (left.length === product.images.length) throw problem('not_found');
    const images = left.map(({ url, fileId, alt }) =>
      fileId === null ? { url, fileId, alt } : { url: null, fileId, alt },
    );
    await changeProduct(work, product, { images });
  },
};
