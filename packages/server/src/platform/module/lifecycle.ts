import type { Tables } from '../database/index.ts';

/**
 * What becomes of a row when the thing that one of its columns names is gone:
 * - `deleted`: the row goes with it, in the same transaction.
 * - `cleared`: the row goes later, in batches, by a job or the indexer: there may be many.
 * - `replaced`: the column names another thing from then on, or none.
 * - `kept`: nothing. An account that is gone keeps its id, so that what it wrote has an author.
 */
export type WhenGone = 'deleted' | 'cleared' | 'replaced' | 'kept';

/** What becomes of the rows of a table, and where people find those about them. */
export interface TableLifecycle<Column extends string = string> {
  whenGone: { readonly [Name in Column]?: WhenGone };
  /** For tables that name accounts: their file in the copy of a person's data, or why they are in none. */
  exported?: { readonly as: string } | { readonly not: string };
}

/**
 * By table. Every column that names an account, or what a module lets other modules refer to, is in it: a test compares
 * it with the schema.
 */
export type TableLifecycles = {
  readonly [Table in keyof Tables]?: TableLifecycle<keyof Tables[Table] & string>;
};
