import { type InputOf, products as productOperations, shopIntroduction, sizes } from '@atrium/protocol';
import { newId } from '../../../platform/new-id.ts';
import { recordMovement } from '../../catalog/index.ts';
import { recordOrder } from '../../orders/index.ts';
import type { MovementRow, OrderRow, ProductRow, ShopRow } from '../rows/neutral.ts';
import { cutTo, fitLine, storable } from '../rows/text.ts';
import { type Batch, LeftOut } from './batch.ts';
import type { Fetched } from './files.ts';
import { authorOf } from './people.ts';

const MOST_NAME = 200;
const MOST_DESCRIPTION = 5_000;
/** The longest notes on movements, and on orders and their changes. */
const MOST_NOTE = 500;
const MOST_ORDER_NOTE = 1_000;
const { currency: currencyShape } = productOperations.create.input.shape;

/** Sets the shop's introduction, unless it has one. The shop stays closed to the public until its owner opens it. */
export async function writeShop(batch: Batch, { introduction, isPublic }: ShopRow): Promise<string> {
  const { job } = batch;
  const { ownerId, workspaceId } = job;
  if (isPublic) batch.notes.push('was open to the public: open it when it is ready');
  if (batch.isDry) return workspaceId;
  const api = batch.as(ownerId, batch.open.now);
  const shop = await api.shops.get({ workspaceId });
  const wanted = shopIntroduction.safeParse(introduction).data ?? '';
  if (shop.introduction === '' && wanted !== '') await api.shops.update({ workspaceId, introduction: wanted });
  else if (wanted !== shop.introduction) batch.notes.push('keeps the introduction that it has here');
  return workspaceId;
}

/** Adds a product, with nothing in stock yet; a product that only orders refer to is deleted again. */
export async function writeProduct(batch: Batch, row: ProductRow, fetched: Fetched): Promise<string> {
  const { ownerId, workspaceId } = batch.job;
  const { createdAt, isActive, isDeleted, lowStock, price } = row;
  batch.notes.push(...fetched.notes);
  const name = fitLine(row.name, MOST_NAME, 'Unnamed');
  const description = cutTo(storable(row.description), MOST_DESCRIPTION);
  const currency = currencyOf(row);
  if (batch.isDry) return newId();
  const images = isDeleted ? [] : await picturesOf(batch, row, fetched);
  const api = batch.as(ownerId, createdAt);
  const about = { name: name.text, description: description.text, price, currency, lowStock, images };
  const { id } = await api.products.create({ workspaceId, ...about, active: isActive && !isDeleted });
  if (isDeleted) await api.products.delete({ productId: id });
  return id;
}

type Images = NonNullable<InputOf<typeof productOperations.create>['images']>;

/** Its pictures in order: URLs, and those that could be fetched, uploaded again. */
async function picturesOf(batch: Batch, { pictures }: ProductRow, { files }: Fetched): Promise<Images> {
  const { ownerId, workspaceId } = batch.job;
  const images: Images = [];
  let seen = 0;
  for (const { alt, picture } of pictures) {
    if ('url' in picture) {
      images.push({ url: picture.url, alt });
      continue;
    }
    const at = seen;
    seen += 1;
    const file = files.find(({ position }) => position === at);
    if (file === undefined) continue;
    const stored = await batch.attempt(`the picture ${file.name} is left out`, () =>
      batch.as(ownerId, batch.open.now).attachments.upload({ workspaceId }, { files: file.sent() }),
    );
    for (const { id: fileId } of stored?.attachments ?? []) images.push({ fileId, alt });
  }
  return images.slice(0, sizes.productImages);
}

/** Writes an order with its history, under the next number of the workspace. */
export async function writeOrder(batch: Batch, row: OrderRow): Promise<string> {
  const { job } = batch;
  const buyerId = await authorOf(batch, row.buyer, undefined);
  const lines = [];
  const ordered = new Set<string>();
  for (const { product, price, quantity, ...line } of row.lines) {
    const name = fitLine(line.name, MOST_NAME, 'Unnamed').text;
    const productId = await batch.mapped('product', product);
    if (productId === undefined) throw new LeftOut(`its product ${name} was left out`);
    if (ordered.has(productId)) throw new LeftOut(`its product ${name} is in two lines`);
    ordered.add(productId);
    lines.push({ productId, name, price, quantity });
  }
  const changes = [];
  for (const { assignee, at, author, note, to } of row.changes) {
    const authorId = await authorOf(batch, author, undefined);
    const assigneeId = assignee === null ? null : await authorOf(batch, assignee, undefined);
    changes.push({ to, at, note: noteOf(batch, note, MOST_ORDER_NOTE), authorId, assigneeId });
  }
  const { conversation, createdAt } = row;
  const currency = currencyOf(row);
  const note = noteOf(batch, row.note, MOST_ORDER_NOTE);
  const conversationId = (conversation && (await batch.mapped('case', conversation))) ?? null;
  if (batch.isDry) return newId();
  const past = { buyerId, conversationId, currency, note, createdAt, lines, changes };
  const { id, number } = await recordOrder(batch.open, job.workspaceId, past);
  if (number !== row.number) batch.notes.push(`has the number ${number} here, had ${row.number}`);
  return id;
}

/** Moves the stock of a product as it moved in the past, also if the order that took or returned it was left out. */
export async function writeMovement(batch: Batch, row: MovementRow): Promise<string> {
  const { at, author, change, order, product } = row;
  const productId = await batch.mapped('product', product);
  if (productId === undefined) throw new LeftOut('its product was left out');
  const authorId = author === undefined ? null : await authorOf(batch, author, undefined);
  const isOfOrder = row.reason === 'order' || row.reason === 'cancellation';
  const orderId = (isOfOrder && order !== undefined && (await batch.mapped('order', order))) || null;
  const isLost = isOfOrder && orderId === null;
  if (isLost) batch.notes.push('its order was left out: it is a correction here');
  const reason = isLost ? 'correction' : row.reason;
  const note = noteOf(batch, row.note, MOST_NOTE);
  if (batch.isDry) return newId();
  return recordMovement(batch.open, { productId, change, reason, note, authorId, orderId, at });
}

/** A note as it can be stored; says so if it is cut. */
function noteOf(batch: Batch, value: string, most: number): string {
  const { isCut, text } = cutTo(storable(value), most);
  if (isCut) batch.notes.push(`a note was cut to ${most} characters`);
  return text;
}

function currencyOf({ currency }: Pick<ProductRow | OrderRow, 'currency'>): string {
  const known = currencyShape.safeParse(currency).data;
  if (known === undefined) throw new LeftOut(`its currency ${currency} is not known`);
  return known;
}
