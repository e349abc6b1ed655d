import type { DurableType } from '@atrium/protocol';
import type { Tables } from '../database/index.ts';

/**
 * What happens to a row when the object that one of its columns refers to is deleted:
 * - `deleted`: the row is deleted in the same transaction.
 * - `cleared`: the row is deleted later, in batches, by a job or the indexer, since there may be many.
 * - `replaced`: the column is changed to refer to something else, or to nothing.
 * - `kept`: nothing. A deleted account keeps its id, so that its messages have an author.
 */
export type WhenGone = 'deleted' | 'cleared' | 'replaced' | 'kept';

/** What happens to the rows of a table, and where they are in a person's data export. */
export interface TableLifecycle<Column extends string = string> {
  whenGone: { readonly [Name in Column]?: WhenGone };
  /**
   * For rows that are deleted or changed with an account: the event that announces it, or why none is needed. For other
   * deleted objects, the deletion itself is announced.
   */
  told?: DurableType | { readonly not: string };
  /** For tables that refer to accounts: the file in a person's data export, or why there is none. */
  exported?: { readonly as: string } | { readonly not: string };
  /** For tables of what can be exported as a whole: the part of that export with them, or why there is none. */
  partOfExport?: { readonly as: string } | { readonly not: string };
}

/**
 * By table. Must contain every column that refers to an account, or to something that a module lets others refer to; a
 * test compares it with the schema.
 */
export type TableLifecycles = {
  readonly [Table in keyof Tables]?: TableLifecycle<keyof Tables[Table] & string>;
};
