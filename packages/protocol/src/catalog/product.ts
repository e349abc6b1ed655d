import { z } from 'zod';
import { id, instant, line, text, version } from '../core/primitives.ts';
import { attachmentImage } from '../files/attachment.ts';
import { currency } from '../timers/timer.ts';
import { catalogSizes } from './limits.ts';

const may = (description: string) => z.boolean().meta({ description });

/** What the caller may do with a shop. */
export const shopCan = z.object({
  manage: may('Open or close it to the public, and create, import and export products'),
  order: may('Order from it'),
  join: may('Become a customer of it'),
});
export type ShopCan = z.infer<typeof shopCan>;

export const shopIntroduction = text(0, 2_000);

/** The shop of a workspace. */
export const shop = z.object({
  workspaceId: id,
  name: z.string().meta({ description: 'Of the workspace' }),
  introduction: z.string(),
  public: z.boolean().meta({ description: 'Whether people without an account can see it' }),
  version,
  can: shopCan,
});
export type Shop = z.infer<typeof shop>;

const alt = 'What it shows, for people who do not see it';

/** A picture of a product: one on the web, or an uploaded file. */
export const productImage = z.object({
  url: z.string().meta({ description: 'A web address, or the path of an uploaded picture on this server' }),
  fileId: id.nullable(),
  alt: z.string().meta({ description: alt }),
  image: attachmentImage.optional().meta({ description: 'Only for uploaded pictures' }),
});
export type ProductImage = z.infer<typeof productImage>;

export const newProductImage = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .nullable()
      .default(null),
    fileId: id
      .nullable()
      .default(null)
      .meta({ description: 'A picture that you uploaded with attachments.upload, or that the product has already' }),
    alt: line(0, 200).default('').meta({ description: alt }),
  })
  .refine(({ url, fileId }) => (url === null) !== (fileId === null), { error: 'needs either a url or a fileId' });
export type NewProductImage = z.infer<typeof newProductImage>;

export const productName = line(1, 200);
export const productDescription = text(0, 5_000);
export const productPrice = z
  .int()
  .min(0)
  .max(catalogSizes.price)
  .meta({ description: 'In minor units of the currency: 1250 is EUR 12.50, JPY 1250 and KWD 1.250' });
export const productStock = z.int().min(0).max(catalogSizes.stock);
export const productCurrency = currency.meta({ description: 'ISO 4217' });

/** What the caller may do with a product. */
export const productCan = z.object({
  update: z.boolean(),
  delete: z.boolean(),
  moveStock: may('Change the stock and see its movements'),
});
export type ProductCan = z.infer<typeof productCan>;

export const product = z.object({
  id,
  workspaceId: id,
  name: z.string(),
  description: z.string(),
  price: productPrice,
  currency: z.string().meta({ description: 'ISO 4217' }),
  stock: z.int(),
  lowStock: z.int().meta({ description: 'The stock counts as low from here down' }),
  images: z.array(productImage),
  active: z.boolean().meta({ description: 'Whether it can be bought; customers do not see inactive products' }),
  createdAt: instant,
  updatedAt: instant,
  version,
  can: productCan,
});
export type Product = z.infer<typeof product>;

export const stockReason = z.enum(['created', 'correction', 'delivery', 'loss', 'import', 'order', 'cancellation']);
export type StockReason = z.infer<typeof stockReason>;

/** A change of the stock of a product. The stock is the sum of all of them. */
export const stockMovement = z.object({
  id,
  productId: id,
  change: z.int(),
  stockAfter: z.int(),
  reason: stockReason,
  note: z.string(),
  authorId: id.nullable().meta({ description: 'null: the server itself' }),
  orderId: id.nullable(),
  createdAt: instant,
});
export type StockMovement = z.infer<typeof stockMovement>;
