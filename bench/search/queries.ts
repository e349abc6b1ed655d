import type { Contract, InputOf } from '@atrium/protocol';
import type { Language } from '../lib/language.ts';
import { seeded } from '../lib/random.ts';
import type { FilledChat } from './fill.ts';

/** What `search.messages` takes. */
export type Query = InputOf<Contract['search']['messages']>;

/** One kind of query; `at` chooses what exactly is looked for. */
export interface QueryKind {
  kind: string;
  by: 'everywhere' | 'somewhere' | 'hardlyAnywhere';
  query: (at: number) => Query;
}

const LONG_PARTS = 'eenoau enoa noau along eenoaue long ong alo';

/** Every kind of query that is measured. */
export function queryKinds({ words, signs }: Language, chat: FilledChat): QueryKind[] {
  const random = seeded(13);
  const between = (least: number, most: number) => words[least + Math.floor(random() * (most - least))] ?? '';
  const frequent = (at: number) => words[at % 20] ?? '';
  const common = () => between(300, 2_000);
  const rare = () => between(20_000, words.length);
  const monthAgo = new Date(Date.parse(chat.newest) - 30 * 86_400_000).toISOString();
  const kinds: [string, QueryKind['by'], QueryKind['query']][] = [
    ['a most frequent word', 'everywhere', (at) => ({ q: frequent(at) })],
    ['a most frequent word, best first', 'everywhere', (at) => ({ q: frequent(at), order: 'best' })],
    ['a common word', 'everywhere', () => ({ q: common() })],
    ['a rare word', 'everywhere', () => ({ q: rare() })],
    ['a word that nobody wrote', 'everywhere', (at) => ({ q: `xqxq${at}` })],
    ['two common words', 'everywhere', () => ({ q: `${common()} ${common()}` })],
    ['a most frequent and a rare word', 'everywhere', (at) => ({ q: `${frequent(at)} ${rare()}` })],
    ['two letters', 'everywhere', () => ({ q: between(300, 5_000).slice(0, 2) })],
    ['the beginning of a word', 'everywhere', () => ({ q: between(300, 20_000).slice(0, 3) })],
    ['the middle of a word', 'everywhere', () => ({ q: between(5_000, 40_000).slice(1, 5) })],
    ['words in quotation marks', 'everywhere', (at) => ({ q: `"${frequent(at)} ${frequent(at + 1)}"` })],
    ['two Chinese characters', 'everywhere', (at) => ({ q: `${signs[at % 40]}${signs[(at * 7) % 40]}` })],
    ['one Chinese character', 'everywhere', (at) => ({ q: signs[at % 300] ?? '' })],
    ['in one conversation', 'everywhere', (at) => ({ q: common(), in: chat.conversationIds[at % 50] })],
    ['from one person', 'everywhere', (at) => ({ q: frequent(at), from: chat.authorIds[at % 100] })],
    ['the last month', 'everywhere', () => ({ q: common(), after: monthAgo })],
    ['before the last month', 'everywhere', (at) => ({ q: frequent(at), before: monthAgo })],
    ['with a link', 'everywhere', () => ({ q: common(), has: ['link'] })],
    ['all links of a conversation', 'everywhere', (at) => ({ in: chat.conversationIds[at % 50], has: ['link'] })],
    ['a common word, by someone who sees a quarter', 'somewhere', () => ({ q: common() })],
    ['a most frequent word, by someone who sees a quarter', 'somewhere', (at) => ({ q: frequent(at) })],
    ['a most frequent word, by someone who sees little', 'hardlyAnywhere', (at) => ({ q: frequent(at) })],
    ['the longest messages', 'everywhere', () => ({ q: 'along', in: chat.longIn, limit: 50 })],
    ['the longest messages, eight parts', 'everywhere', () => ({ q: LONG_PARTS, in: chat.longIn, order: 'best' })],
  ];
  return kinds.map(([kind, by, query]) => ({ kind, by, query }));
}
