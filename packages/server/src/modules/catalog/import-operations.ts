import { type ImportRow, products } from '@atrium/protocol';
import { validate } from 'uuid';
import { command, cutPage, type Implementation, idPage, read, type Work } from '../../platform/module/index.ts';
import { csvOf, type ProductLine, readCsv } from './csv.ts';
import { addProducts, changeProduct, type ProductFields, patched } from './product-changes.ts';
import { lockProducts, productPage } from './product-store.ts';
import type { ProductRow } from './tables.ts';

/** A line, the product it changes, if any, and the result. */
interface Judged {
  line: ProductLine;
  product: ProductRow | undefined;
  report: ImportRow;
}

/** A new product from a valid line, which has at least a name, a price and a currency. */
function fieldsOf({ fields }: ProductLine): ProductFields {
  const { name = '', description = '', price = 0, currency = '', stock = 0, lowStock = 5, active = true } = fields;
  return { name, description, price, currency, stock, lowStock, active, images: [] };
}

function judge(line: ProductLine, product: ProductRow | undefined, isRepeated: boolean, now: Date): Judged {
  const errors = [...line.faults];
  if (line.id !== undefined && product === undefined) errors.push({ column: 'id', message: 'is no product here' });
  if (isRepeated) errors.push({ column: 'id', message: 'stands on an earlier line too' });
  const isSame =
    product !== undefined &&
    patched(product, line.fields, now) === product &&
    (line.fields.stock ?? product.stock) === product.stock;
  const done = product === undefined ? 'created' : isSame ? 'unchanged' : 'updated';
  const outcome = errors.length > 0 ? 'failed' : done;
  return { line, product, report: { row: line.row, outcome, productId: product?.id ?? null, errors } };
}

/** Validates all lines against the products of the workspace, which are locked. */
async function judgeAll({ tx, now }: Work, workspaceId: string, lines: readonly ProductLine[]): Promise<Judged[]> {
  const ids = lines.flatMap(({ id }) => (id !== undefined && validate(id) ? [id] : []));
  const locked = await lockProducts(tx, [...new Set(ids)]);
  const seen = new Set<string>();
  return lines.map((line) => {
    const found = line.id === undefined ? undefined : locked.get(line.id);
    const product = found?.workspace_id === workspaceId && found.deleted_at === null ? found : undefined;
    const isRepeated = line.id !== undefined && seen.has(line.id);
    if (line.id !== undefined) seen.add(line.id);
    return judge(line, product, isRepeated, now);
  });
}

/** Writes the valid lines. */
async function carryOut(context: Work, workspaceId: string, judged: readonly Judged[]): Promise<void> {
  for (const { line, product, report } of judged) {
    if (product !== undefined && report.outcome === 'updated') {
      await changeProduct(context, product, line.fields, 'import');
    }
  }
  const fresh = judged.filter(({ report }) => report.outcome === 'created');
  if (fresh.length === 0) return;
  const added = await addProducts(
    context,
    workspaceId,
    fresh.map(({ line }) => fieldsOf(line)),
    'import',
  );
  for (const [at, { report }] of fresh.entries()) report.productId = added[at]?.id ?? null;
}

/** Import and export of products as a table. */
export const importOperations: readonly Implementation[] = [
  command(products.import, async (context) => {
    const { workspaceId, csv, dryRun, skipFaulty } = context.input;
    const judged = await judgeAll(context, workspaceId, readCsv(csv));
    const rows = judged.map(({ report }) => report);
    const count = (outcome: ImportRow['outcome']) => rows.filter((row) => row.outcome === outcome).length;
    const failed = count('failed');
    const imported = !dryRun && (failed === 0 || skipFaulty);
    if (imported) await carryOut(context, workspaceId, judged);
    return {
      imported,
      created: count('created'),
      updated: count('updated'),
      unchanged: count('unchanged'),
      failed,
      rows,
    };
  }),

  read(products.export, async ({ db, input }) => {
    const page = idPage(input);
    const { rows, nextCursor } = cutPage(await productPage(db, input.workspaceId, page), page, ({ id }) => id);
    return { csv: csvOf(rows), nextCursor };
  }),
];
