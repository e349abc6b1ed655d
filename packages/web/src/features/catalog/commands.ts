import type { InputNamed } from '@atrium/client';
import { client } from '../../live/client.ts';
import { queries } from '../../live/queries.ts';

/** Whoever is not in the workspace hears of no event, and the stream takes a moment: what was changed is asked anew. */
async function askAgain(): Promise<void> {
  const names = ['products.list', 'products.get', 'products.movements', 'shops.get'];
  await Promise.all(names.map((name) => queries.invalidateQueries({ queryKey: [name] })));
}

/** Each of these throws AtriumError when it is refused. */
export async function createProduct(input: InputNamed<'products.create'>): Promise<string> {
  const { id } = await client.call('products.create', input);
  await askAgain();
  return id;
}

export async function changeProduct(input: InputNamed<'products.update'>): Promise<void> {
  await client.call('products.update', input);
  await askAgain();
}

export async function deleteProduct(productId: string): Promise<void> {
  await client.call('products.delete', { productId });
  await queries.invalidateQueries({ queryKey: ['products.list'] });
}

export async function moveStock(input: InputNamed<'products.moveStock'>): Promise<void> {
  await client.call('products.moveStock', input);
  await askAgain();
}

export async function importProducts(input: InputNamed<'products.import'>) {
  const report = await client.call('products.import', input);
  if (report.imported) await askAgain();
  return report;
}

export async function changeShop(input: InputNamed<'shops.update'>): Promise<void> {
  await client.call('shops.update', input);
  await askAgain();
}

/** Becomes a customer of the shop. */
export async function joinShop(workspaceId: string): Promise<void> {
  await client.call('shops.join', { workspaceId });
  await askAgain();
}

/** All products as one table, in the format of the import. */
export async function exportProducts(workspaceId: string): Promise<string> {
  const pages: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { csv: string; nextCursor: string | null } = await client.call('products.export', {
      workspaceId,
      ...(cursor !== null && { cursor }),
    });
    // Every page begins with the header.
    pages.push(pages.length === 0 ? page.csv : page.csv.slice(page.csv.indexOf('\n') + 1));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return pages.join('');
}
