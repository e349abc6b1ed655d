import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';
import { gramsOf } from './text/terms.ts';

/** More words than this are not looked for in place of a part; the shortest are. */
const MOST_WORDS = 300;

/** Remembers words, so that they are found by their parts. */
export async function putWords(tx: Transaction, words: readonly string[]): Promise<void> {
  if (words.length === 0) return;
  await sql`
    insert into search_word (word, grams)
    select word, array(select distinct substr(word, n, 3) from generate_series(1, char_length(word) - 2) n)
    from unnest(${words}::text[]) as t (word)
    where not exists (select from search_word s where s.word = t.word)
    on conflict do nothing
  `.execute(tx);
}

/** The words that hold a part elsewhere than at their beginning, the shortest first, as many as are looked for. */
export function wordsHoldingQuery(part: string) {
  return sql<{ word: string }>`
    select word from search_word
    where grams @> ${gramsOf(part)}::text[] and position(${part} in substr(word, 2)) > 0
    order by char_length(word), word
    limit ${MOST_WORDS}
  `;
}

/** Reads them. */
export async function wordsHolding(db: Executor, part: string): Promise<string[]> {
  return (await wordsHoldingQuery(part).execute(db)).rows.map((row) => row.word);
}

/**
 * Forgets words that are in no entry any more: looks at some, in their order.
 * @returns the last word that it looked at, undefined when it has seen all
 */
export async function forgetUnused(tx: Transaction, after: string, count: number): Promise<string | undefined> {
  const { rows } = await sql<{ last: string | null }>`
    with seen as materialized (
      select word from search_word where word > ${after} order by word limit ${count}
    ), unused as (
      delete from search_word w using seen
      where w.word = seen.word
        and not exists (select from search_entry e where e.terms @@ quote_literal(seen.word)::tsquery offset 0)
    )
    select max(word) as last from seen
  `.execute(tx);
  return rows[0]?.last ?? undefined;
}
