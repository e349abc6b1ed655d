import type { InputNamed } from '@atrium/client';
import type { Product, ProductImage } from '@atrium/protocol';
import { fromDecimal, toDecimal } from '@atrium/protocol/money';

/** Which products are listed; typed search parameters. */
export interface ProductFilters {
  /** Part of the name. */
  q?: string | undefined;
  /** Only what can be had. */
  inStock?: true | undefined;
  /** Of those who run the shop: only what is in it, or what was taken out. */
  show?: 'active' | 'inactive' | undefined;
  /** The newest first unless given. */
  sort?: 'name' | 'price' | undefined;
}

/** Reads the filters from an address; what is unknown is left out. Pure. */
export function readProductFilters({ q, inStock, show, sort }: Readonly<Record<string, unknown>>): ProductFilters {
  return {
    q: typeof q === 'string' && q !== '' ? q.slice(0, 100) : undefined,
    inStock: inStock === true || inStock === 'true' || undefined,
    show: show === 'active' || show === 'inactive' ? show : undefined,
    sort: sort === 'name' || sort === 'price' ? sort : undefined,
  };
}

/** An address with the filters. Pure. */
export function withFilters(path: string, { q, inStock, show, sort }: ProductFilters): string {
  const search = new URLSearchParams({
    ...(q !== undefined && { q }),
    ...(inStock && { inStock: 'true' }),
    ...(show !== undefined && { show }),
    ...(sort !== undefined && { sort }),
  }).toString();
  return search === '' ? path : `${path}?${search}`;
}

export const productsAddress = (workspaceId: string) => `/w/${workspaceId}/desk/products`;
export const productAddress = (workspaceId: string, productId: string) =>
  `${productsAddress(workspaceId)}/${productId}`;
export const shopAddress = (workspaceId: string) => `/shop/${workspaceId}`;
export const cartAddress = (workspaceId: string) => `/shop/${workspaceId}/cart`;
export const itemAddress = (workspaceId: string, productId: string) => `/shop/${workspaceId}/${productId}`;

/** What is asked of the server. Pure. */
export function listInput(workspaceId: string, filters: ProductFilters): InputNamed<'products.list'> {
  const { q, inStock, show, sort } = filters;
  return {
    workspaceId,
    ...(q !== undefined && { name: q }),
    ...(inStock && { inStock: true }),
    ...(show !== undefined && { active: show === 'active' }),
    ...(sort !== undefined && { sort }),
  };
}

/** Whether there is enough of a product. Pure. */
export function stockLevel({ stock, lowStock }: Pick<Product, 'stock' | 'lowStock'>): 'out' | 'low' | 'enough' {
  if (stock <= 0) return 'out';
  return stock <= lowStock ? 'low' : 'enough';
}

/** Reads a price as people write it, `4.90` or `4,90`, in minor units; undefined: it is none. Pure. */
export const readPrice = (text: string, currency: string): number | undefined =>
  fromDecimal(text.trim().replace(',', '.'), currency);

/** The opposite, for a field. Pure. */
export const writtenPrice = toDecimal;

/** The pictures to show: only those of this server are loaded. Pure. */
export function picturesOf({ images }: Pick<Product, 'images'>, origin: string): ProductImage[] {
  return images.filter(({ fileId, url }) => fileId !== null || url.startsWith(`${origin}/`));
}

/** A list with one of its items moved by one place; the same list where there is none. Pure. */
export function moved<Item>(items: readonly Item[], at: number, by: 1 | -1): readonly Item[] {
  const [one, other] = [items[at], items[at + by]];
  if (one === undefined || other === undefined) return items;
  return items.with(at, other).with(at + by, one);
}

/** How pictures are named to the server. Pure. */
export const namedImages = (images: readonly ProductImage[]) =>
  images.map(({ fileId, url, alt }) => (fileId === null ? { url, alt } : { fileId, alt }));
