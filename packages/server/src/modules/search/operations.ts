import { type InputFault, type OutputOf, type ParsedInputOf, search } from '@atrium/protocol';
import type { Database, Transaction } from '../../platform/database/index.ts';
import { startOfDate } from '../../platform/days/index.ts';
import { type Implementation, problem, read } from '../../platform/module/index.ts';
import { meOf } from '../identity/index.ts';
import { hitAt, readPageEnd, writePageEnd } from './cursor.ts';
import { byScore, type Finding, findBest, findNewest, type Hit, type Search } from './find.ts';
import { markTerm } from './marks.ts';
import { createPace } from './pace.ts';
import { haveFewEvents } from './position-store.ts';
import type { MessageSource } from './source.ts';
import { rangesOf } from './text/match.ts';
import { type Clause, parseQuery, toTsQuery } from './text/query.ts';
import { snippetOf } from './text/snippet.ts';

type Input = ParsedInputOf<typeof search.messages>;
type Output = OutputOf<typeof search.messages>;

/** Up to this many messages a scan costs no more than the index of terms. */
const FEW_MESSAGES = 20_000;
/** Each clause of a query is matched against every candidate message. */
const MOST_CLAUSES = 8;
/** Sorts after every entry of the same time. */
const HIGHEST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

function refuse(fault: InputFault): never {
  throw problem('invalid_input', { errors: [fault] });
}

/** Parses the query. Throws `invalid_input` for an empty search. */
function clausesOf(input: Input): Clause[] {
  const clauses = parseQuery(input.q ?? '');
  if (input.q !== undefined && clauses.length === 0) {
    refuse({ path: 'q', code: 'no_words', message: 'holds neither a letter, a digit nor an emoji' });
  }
  if (clauses.length > MOST_CLAUSES) {
    const message = `holds more than ${MOST_CLAUSES} words; put those that belong together in quotation marks`;
    refuse({ path: 'q', code: 'too_many_words', message });
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

/** The bounds of a search. Dates are days in the caller's zone, which is read only for dates. */
async function boundsOf(tx: Transaction, userId: string, input: Input): Promise<{ since?: Date; until?: Date }> {
  const { after, before } = input;
  const hasDates = [after, before].some((bound) => bound !== undefined && isDate(bound));
  const zone = input.timeZone ?? (hasDates ? (await meOf(tx, userId)).timezone : 'UTC');
  const instantOf = (bound: string) => (isDate(bound) ? startOfDate(bound, zone) : new Date(bound));
  return {
    ...(after === undefined ? {} : { since: instantOf(after) }),
    ...(before === undefined ? {} : { until: instantOf(before) }),
  };
}

const isDate = (bound: string) => !bound.includes('T');

/** Plans the search; undefined if the caller may read no conversation. */
async function plan(tx: Transaction, source: MessageSource, userId: string, input: Input): Promise<Search | undefined> {
  const clauses = clausesOf(input);
  const readable = await source.readableBy(tx, userId);
  if (input.in !== undefined && !readable.includes(input.in)) throw problem('not_found');
  const conversationIds = input.in === undefined ? readable : [input.in];
  if (conversationIds.length === 0) return undefined;
  const fewMessages = await haveFewEvents(tx, conversationIds, FEW_MESSAGES);
  const terms = toTsQuery(clauses, input.has.map(markTerm));
  const { since, until } = await boundsOf(tx, userId, input);
  return { clauses, entries: { terms, conversationIds, fewMessages, authorId: input.from, since, until } };
}

async function present(hits: readonly Hit[], { search, pace }: Finding): Promise<Output['items']> {
  const items: Output['items'] = [];
  for (const { message } of hits) {
    await pace();
    items.push({ message, snippet: snippetOf(message.content, rangesOf(message.content, search.clauses)) });
  }
  return items;
}

async function newestPage(finding: Finding, input: Input): Promise<Output> {
  const after = readPageEnd(input.cursor, 'newest')?.last;
  const { hits, next } = await findNewest(finding, { after, limit: input.limit });
  return { items: await present(hits, finding), nextCursor: next ? writePageEnd({ last: next }) : null };
}

async function bestPage(finding: Finding, input: Input): Promise<Output> {
  const end = readPageEnd(input.cursor, 'best');
  const all = await findBest(finding, end?.best?.upTo);
  const newest = Math.max(0, ...all.map(({ position }) => position.at));
  const upTo = end?.best?.upTo ?? { at: newest, id: HIGHEST_ID };
  const rest = end === undefined ? all : all.filter((hit) => byScore(hitAt(end), hit) < 0);
  const shown = rest.slice(0, input.limit);
  const last = rest.length > shown.length ? shown.at(-1) : undefined;
  return {
    items: await present(shown, finding),
    nextCursor: last ? writePageEnd({ last: last.position, best: { score: last.score, upTo } }) : null,
  };
}

/** Operations that search messages. */
export function searchOperations(deps: {
  database: Pick<Database, 'transaction'>;
  source: () => MessageSource;
}): Implementation[] {
  return [
    read(search.messages, ({ actor, input }) =>
      // One snapshot for the caller's permissions and the results.
      deps.database.transaction(
        async (tx) => {
          const source = deps.source();
          const search = await plan(tx, source, actor.userId, input);
          if (search === undefined) return { items: [], nextCursor: null };
          const finding = { tx, source, search, pace: createPace() };
          return input.order === 'best' ? bestPage(finding, input) : newestPage(finding, input);
        },
        { isolation: 'repeatable read', readOnly: true },
      ),
    ),
  ];
}
