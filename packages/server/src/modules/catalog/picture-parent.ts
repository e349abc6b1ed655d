import { anonymous, problem } from '../../platform/module/index.ts';
import type { AttachmentParent, ReadableAttachment } from '../files/index.ts';
import { holdMemberships } from '../workspaces/index.ts';
import { loadProduct, type Reader, visibleProducts } from './access.ts';
import { mayManage } from './policy.ts';
import { changeProduct } from './product-changes.ts';
import { lockProducts } from './product-store.ts';

const readerOf = (userId: string | undefined): Reader => (userId === undefined ? anonymous : { kind: 'user', userId });

/**
 * Pictures of a product can be seen by anyone who can see it, signed in or not, and deleted by those who may change it.
 */
export const productPictures: AttachmentParent = {
  async readable(db, userId, rows) {
    const products = await visibleProducts(
      db,
      readerOf(userId),
      rows.map((row) => String(row.product_id)),
    );
    const found = new Map<string, ReadableAttachment>();
    for (const row of rows) {
      const subject = products.get(String(row.product_id));
      if (subject === undefined) continue;
      found.set(row.id, { can: { delete: mayManage(subject.facts.role) }, parentName: subject.product.name });
    }
    return found;
  },

  async hold(tx, userId, row) {
    if (row.workspace_id !== null) await holdMemberships(tx, row.workspace_id, [userId]);
  },

  async remove(work, userId, row) {
    const subject = await loadProduct(work.tx, readerOf(userId), { productId: row.product_id });
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
