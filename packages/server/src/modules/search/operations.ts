import { type InputFault, type OutputOf, type ParsedInputOf, search } from '@atrium/protocol';
import type { Database, Transaction } from '../../platform/database/index.ts';
import { type Implementation, problem, read } from '../../platform/module/index.ts';
import { hitAt, readPageEnd, writePageEnd } from './cursor.ts';
import { byScore, findBest, findNewest, type Hit, type Search } from './find.ts';
import { markTerm } from './marks.ts';
import { areQuiet } from './position-store.ts';
import type { MessageSource } from './source.ts';
import { rangesOf } from './text/match.ts';
import { type Clause, parseQuery, partsOf, toTsQuery } from './text/query.ts';
import { snippetOf } from './text/snippet.ts';
import { wordsHolding } from './word-store.ts';

type Input = ParsedInputOf<typeof search.messages>;
type Output = OutputOf<typeof search.messages>;

/** So few messages are as well read through as looked up. */
const QUIET = 20_000;
/** Stands behind every entry of its instant. */
const HIGHEST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

function refuse(fault: InputFault): never {
  throw problem('invalid_input', { errors: [fault] });
}

/** What the words of the query ask for. Throws `invalid_input` when it asks for nothing at all. */
function clausesOf(input: Input): Clause[] {
  const clauses = parseQuery(input.q ?? '');
  if (input.q !== undefined && clauses.length === 0) {
    refuse({ path: 'q', code: 'no_words', message: 'holds neither a letter, a digit nor an emoji' });
  }
  if (clauses.length === 0 && input.in === undefined && input.from === undefined && input.has.length === 0) {
    refuse({
      path: 'q',
      code: 'required',
      message: 'say what to look for, or name a conversation, a person or a mark',
    });
  }
  return clauses;
}

const moment = (value: string | undefined) => (value === undefined ? undefined : new Date(value));

/** Turns the input into what the index is asked; undefined when the caller may read nothing. */
async function plan(tx: Transaction, source: MessageSource, userId: string, input: Input): Promise<Search | undefined> {
  const clauses = clausesOf(input);
  const readable = await source.readableBy(tx, userId);
  if (input.in !== undefined && !readable.includes(input.in)) throw problem('not_found');
  const places = input.in === undefined ? readable : [input.in];
  if (places.length === 0) return undefined;
  const quiet = await areQuiet(tx, places, QUIET);
  const wordsByPart = new Map<string, string[]>();
  for (const part of new Set(partsOf(clauses))) wordsByPart.set(part, await wordsHolding(tx, part));
  const terms = toTsQuery(clauses, input.has.map(markTerm), wordsByPart);
  const times = { since: moment(input.after), until: moment(input.before) };
  return { clauses, entries: { terms, places, quiet, authorId: input.from, ...times } };
}

function present(hits: readonly Hit[], clauses: readonly Clause[]): Output['items'] {
  return hits.map(({ message }) => ({
    message,
    snippet: snippetOf(message.content, rangesOf(message.content, clauses)),
  }));
}

async function newestPage(tx: Transaction, source: MessageSource, wanted: Search, input: Input): Promise<Output> {
  const after = readPageEnd(input.cursor, 'newest')?.last;
  const { hits, next } = await findNewest(tx, source, wanted, { after, limit: input.limit });
  return { items: present(hits, wanted.clauses), nextCursor: next ? writePageEnd({ last: next }) : null };
}

async function bestPage(tx: Transaction, source: MessageSource, wanted: Search, input: Input): Promise<Output> {
  const end = readPageEnd(input.cursor, 'best');
  const all = await findBest(tx, source, wanted, end?.best?.upTo);
  const newest = Math.max(0, ...all.map(({ position }) => position.at));
  const upTo = end?.best?.upTo ?? { at: newest, id: HIGHEST_ID };
  const rest = end === undefined ? all : all.filter((hit) => byScore(hitAt(end), hit) < 0);
  const shown = rest.slice(0, input.limit);
  const last = rest.length > shown.length ? shown.at(-1) : undefined;
  return {
    items: present(shown, wanted.clauses),
    nextCursor: last ? writePageEnd({ last: last.position, best: { score: last.score, upTo } }) : null,
  };
}

/** Finding what was said. */
export function searchOperations(deps: {
  database: Pick<Database, 'transaction'>;
  source: () => MessageSource;
}): Implementation[] {
  return [
    read(search.messages, ({ actor, input }) =>
      // What the caller may read and what is found are one moment.
      deps.database.transaction(
        async (tx) => {
          const source = deps.source();
          const wanted = await plan(tx, source, actor.userId, input);
          if (wanted === undefined) return { items: [], nextCursor: null };
          return input.order === 'best' ? bestPage(tx, source, wanted, input) : newestPage(tx, source, wanted, input);
        },
        { isolation: 'repeatable read', readOnly: true },
      ),
    ),
  ];
}
