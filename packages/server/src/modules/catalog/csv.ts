import {
  fromDecimal,
  productCurrency,
  productDescription,
  productName,
  productPrice,
  productStock,
  sizes,
  toDecimal,
} from '@atrium/protocol';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import { neutral, withoutGuard } from '../../platform/csv/index.ts';
import { problem } from '../../platform/module/index.ts';
import type { ProductPatch } from './product-changes.ts';
import type { ProductRow } from './tables.ts';

const COLUMNS = ['id', 'name', 'description', 'price', 'currency', 'stock', 'lowStock', 'active'] as const;
type Column = (typeof COLUMNS)[number];
type Cells = Partial<Record<Column, string>>;

export interface CellFault {
  column: Column;
  message: string;
}

/** One line of a table of products, validated on its own. */
export interface ProductLine {
  /** Line of the table; the header is 1. */
  row: number;
  /** The product to change; undefined: a new one. */
  id: string | undefined;
  fields: ProductPatch;
  faults: CellFault[];
}

function refuse(message: string): never {
  throw problem('invalid_input', { errors: [{ path: 'csv', code: 'invalid_csv', message }] });
}

/** Formats products as a table with a header. Prices are decimal numbers with the digits of their currency. */
export function csvOf(rows: readonly ProductRow[]): string {
  const lines = rows.map((row) => [
    row.id,
    neutral(row.name),
    neutral(row.description),
    toDecimal(row.price, row.currency),
    row.currency,
    row.stock,
    row.low_stock,
    row.active ? 'true' : 'false',
  ]);
  return stringify([[...COLUMNS], ...lines], { record_delimiter: 'windows' });
}

/**
 * Parses a table of products.
 * @throws `invalid_input` for text that is not a table, unknown or duplicate columns, and too many lines
 */
export function readCsv(text: string): ProductLine[] {
  const [header, ...lines] = parseTable(text);
  if (header === undefined) refuse('has no header');
  const names = header.map((name) => name.trim());
  const unknown = names.filter((name) => !(COLUMNS as readonly string[]).includes(name));
  if (unknown.length > 0) refuse(`has a column "${unknown[0]?.slice(0, 40)}"; allowed are ${COLUMNS.join(', ')}`);
  if (new Set(names).size < names.length) refuse('has a column twice');
  if (lines.length > sizes.importRows) refuse(`has more than ${sizes.importRows} lines`);
  return lines.map((cells, at) => {
    const named = Object.fromEntries(names.map((name, column) => [name, cells[column] ?? '']));
    return readLine(named as Cells, at + 2);
  });
}

function parseTable(text: string): string[][] {
  try {
    return parse(text, { bom: true, skip_empty_lines: true, max_record_size: 64_000 }) as string[][];
  } catch (error) {
    return refuse(error instanceof Error ? `cannot be read: ${error.message.slice(0, 200)}` : 'cannot be read');
  }
}

/** An empty cell counts as absent. */
const given = (cells: Cells, column: Column): string | undefined => {
  const cell = cells[column]?.trim();
  return cell === undefined || cell === '' ? undefined : cell;
};

/** Parses one line; errors are collected, not thrown. */
function readLine(cells: Cells, row: number): ProductLine {
  const faults: CellFault[] = [];
  const fault = (column: Column, message: string): undefined => {
    faults.push({ column, message });
    return undefined;
  };
  const checked = <Schema extends z.ZodType>(column: Column, schema: Schema, value: unknown) => {
    if (value === undefined) return undefined;
    const { data, error } = schema.safeParse(value);
    return error === undefined ? data : fault(column, error.issues[0]?.message ?? 'is not valid');
  };
  const count = (column: 'stock' | 'lowStock') => {
    const cell = given(cells, column);
    if (cell !== undefined && !/^\d{1,10}$/.test(cell)) return fault(column, 'is not a whole number');
    return checked(column, productStock, cell === undefined ? undefined : Number(cell));
  };
  const text = (column: 'name' | 'description') => {
    const cell = cells[column];
    return cell === undefined || (column === 'name' && cell.trim() === '') ? undefined : withoutGuard(cell);
  };

  const id = given(cells, 'id')?.toLowerCase();
  const currency = checked('currency', productCurrency, given(cells, 'currency')?.toUpperCase());
  const price = priceOf(given(cells, 'price'), currency, fault);
  const active = given(cells, 'active')?.toLowerCase();
  if (active !== undefined && active !== 'true' && active !== 'false') fault('active', 'is neither true nor false');
  const fields = {
    name: checked('name', productName, text('name')),
    description: checked('description', productDescription, text('description')),
    price: checked('price', productPrice, price),
    currency,
    stock: count('stock'),
    lowStock: count('lowStock'),
    active: active === undefined ? undefined : active === 'true',
  };
  const missing = (['name', 'price', 'currency'] as const).filter((column) => given(cells, column) === undefined);
  if (id === undefined) for (const column of missing) fault(column, 'is missing');
  return { row, id, fields, faults };
}

function priceOf(
  cell: string | undefined,
  currency: string | undefined,
  fault: (column: Column, message: string) => undefined,
): number | undefined {
  if (cell === undefined) return undefined;
  if (currency === undefined) return fault('price', 'needs a currency beside it');
  const price = fromDecimal(cell, currency);
  return price ?? fault('price', `is not an amount of ${currency}, or has more digits than it`);
}
