import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, limit, line, nothing, page, text, version } from '../core/primitives.ts';
import { catalogSizes } from './limits.ts';
import {
  newProductImage,
  product,
  productCurrency,
  productDescription,
  productName,
  productPrice,
  productStock,
  stockMovement,
  stockReason,
} from './product.ts';

const one = z.strictObject({ productId: id });
const images = z.array(newProductImage).max(catalogSizes.productImages);
const flag = z.stringbool().or(z.boolean());

export const productSort = z.enum(['created', 'name', 'price']);
export type ProductSort = z.infer<typeof productSort>;

/** The result of one row of an import. */
export const importRow = z.object({
  row: z.int().meta({ description: 'Row of the table; the header is 1' }),
  outcome: z.enum(['created', 'updated', 'unchanged', 'failed']),
  productId: id.nullable(),
  errors: z.array(z.object({ column: z.string(), message: z.string() })),
});
export type ImportRow = z.infer<typeof importRow>;

/** Products and their stock. */
export const products = operationGroup('products', {
  list: operation({
    summary: 'List the products of a shop',
    description: 'Inactive products are listed only for owners, admins and members of the workspace.',
    method: 'GET',
    path: '/workspaces/:workspaceId/products',
    access: 'shop:reader',
    limit: 'shop',
    input: z.strictObject({
      workspaceId: id,
      name: text(1, 100).optional().meta({ description: 'Part of the name' }),
      minPrice: z.int().min(0).optional(),
      maxPrice: z.int().min(0).optional(),
      currency: productCurrency.optional(),
      inStock: flag.optional(),
      active: flag.optional(),
      sort: productSort.default('created').meta({ description: 'created: newest first' }),
      limit,
      cursor: cursor.optional(),
    }),
    output: page(product),
  }),
  get: operation({
    summary: 'Get a product',
    method: 'GET',
    path: '/products/:productId',
    access: 'product:reader',
    limit: 'shop',
    input: one,
    output: product,
  }),
  create: operation({
    summary: 'Add a product',
    method: 'POST',
    path: '/workspaces/:workspaceId/products',
    access: 'workspace:admin',
    limit: 'user',
    example: { price: 1_999, currency: 'EUR', stock: 10 },
    input: z.strictObject({
      workspaceId: id,
      name: productName,
      description: productDescription.default(''),
      price: productPrice,
      currency: productCurrency,
      stock: productStock.default(0),
      lowStock: productStock.default(5),
      images: images.default([]),
      active: z.boolean().default(true),
    }),
    output: product,
    status: 201,
    errors: ['conflict'],
  }),
  update: operation({
    summary: 'Change a product',
    description: [
      'Only the given fields are changed. `stock` is the counted stock: the difference is recorded as a movement.',
      'Existing orders keep their prices.',
    ].join(' '),
    method: 'PATCH',
    path: '/products/:productId',
    access: 'product:manager',
    limit: 'user',
    example: { price: 2_499 },
    input: one.extend({
      name: productName.optional(),
      description: productDescription.optional(),
      price: productPrice.optional(),
      currency: productCurrency.optional(),
      stock: productStock.optional(),
      lowStock: productStock.optional(),
      images: images.optional(),
      active: z.boolean().optional(),
      version: version.optional(),
    }),
    output: product,
    errors: ['version_conflict'],
  }),
  delete: operation({
    summary: 'Delete a product',
    description: 'Existing orders keep it.',
    method: 'DELETE',
    path: '/products/:productId',
    access: 'product:manager',
    limit: 'user',
    input: one,
    output: nothing,
  }),
  moveStock: operation({
    summary: 'Change the stock of a product by an amount',
    description: 'Refused with `out_of_stock` if the stock would fall below zero.',
    method: 'POST',
    path: '/products/:productId/stock',
    access: 'product:manager',
    limit: 'user',
    example: { change: 5, reason: 'delivery' },
    input: one.extend({
      change: z
        .int()
        .min(-catalogSizes.stock)
        .max(catalogSizes.stock)
        .refine((change) => change !== 0, { error: 'changes nothing' }),
      reason: stockReason.extract(['correction', 'delivery', 'loss']).default('correction'),
      note: line(0, 500).default(''),
    }),
    output: product,
    errors: ['out_of_stock', 'conflict'],
  }),
  movements: operation({
    summary: 'List the stock movements of a product',
    description: 'Latest first. Their sum is the stock.',
    method: 'GET',
    path: '/products/:productId/movements',
    access: 'product:manager',
    limit: 'user',
    input: one.extend({ limit, cursor: cursor.optional() }),
    output: page(stockMovement),
  }),
  import: operation({
    summary: 'Import products from CSV',
    description: [
      'Columns: name, price, currency, and optionally id, description, stock, lowStock, active.',
      'Prices are decimal numbers with at most the digits of their currency. A row with an id changes that product.',
      'Faulty rows are reported; unless `skipFaulty` is set, nothing is imported if there are any.',
    ].join(' '),
    method: 'POST',
    path: '/workspaces/:workspaceId/products/import',
    access: 'workspace:admin',
    limit: 'user',
    destructive: true,
    example: { csv: 'name,price,currency,stock\nPunched cards,19.99,EUR,100\n' },
    input: z.strictObject({
      workspaceId: id,
      csv: text(1, catalogSizes.importText),
      dryRun: z.boolean().default(false).meta({ description: 'Only report the result' }),
      skipFaulty: z.boolean().default(false),
    }),
    output: z.object({
      imported: z.boolean(),
      created: z.int(),
      updated: z.int(),
      unchanged: z.int(),
      failed: z.int(),
      rows: z.array(importRow),
    }),
    errors: ['conflict'],
  }),
  export: operation({
    summary: 'Export products as CSV',
    description: 'A page of products, oldest first, in the format of the import. Every page begins with the header.',
    method: 'GET',
    path: '/workspaces/:workspaceId/products/export',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject({
      workspaceId: id,
      limit: z.int().min(1).max(catalogSizes.importRows).default(catalogSizes.importRows),
      cursor: cursor.optional(),
    }),
    output: z.object({ csv: z.string(), nextCursor: cursor.nullable() }),
  }),
});
