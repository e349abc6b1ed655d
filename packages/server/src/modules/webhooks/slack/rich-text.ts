import { z } from 'zod';
import { whatFits } from '../format/what-fits.ts';
import { isForEveryone, mark } from './marks.ts';
import { fenced, link } from './mrkdwn.ts';

const word = z.string().max(2_000).optional();
/** A part of a line: text, a link, a person, an emoji. */
const inline = z.object({
  type: z.string(),
  text: z.string().optional(),
  url: word,
  name: word,
  unicode: word,
  user_id: word,
  usergroup_id: word,
  channel_id: word,
  range: word,
  value: word,
  fallback: word,
  style: z
    .object({
      bold: z.boolean().optional(),
      italic: z.boolean().optional(),
      strike: z.boolean().optional(),
      code: z.boolean().optional(),
    })
    .optional(),
});
type Inline = z.infer<typeof inline>;
/** A paragraph, a list, a quotation, code. */
const part = z.object({
  type: z.string(),
  elements: z.array(z.unknown()).default([]),
  style: word,
  indent: z.string().optional(),
});
/** Slack indents lists up to here. */
const MAX_INDENT = 8;

/** The emoji for a list of hexadecimal code points; undefined if invalid. */
function emojiOf(points: string | undefined): string | undefined {
  if (points === undefined || !/^[0-9a-f]{1,5}(-[0-9a-f]{1,5}){0,9}$/i.test(points)) return undefined;
  return String.fromCodePoint(...points.split('-').map((point) => Number.parseInt(point, 16))).toWellFormed();
}

function saidBy({ type, text = '', ...rest }: Inline): string {
  switch (type) {
    case 'link':
      return rest.url ? link(rest.url, text) : text;
    case 'user':
      return rest.user_id ? mark(rest.user_id) : '';
    case 'broadcast':
      return rest.range && isForEveryone(rest.range) ? mark(rest.range) : '';
    case 'usergroup':
      return rest.usergroup_id ? `@${rest.usergroup_id}` : '';
    case 'channel':
      return rest.channel_id ? `#${rest.channel_id}` : '';
    case 'emoji':
      return emojiOf(rest.unicode) ?? (rest.name ? `:${rest.name}:` : '');
    default:
      return text || rest.fallback || rest.value || '';
  }
}

/** Puts emphasis marks inside the surrounding space, as Markdown requires. */
function around(text: string, mark_: string): string {
  return text.replace(/^(\s*)([\s\S]*?\S)(\s*)$/, (_, before, inner, after) => before + mark_ + inner + mark_ + after);
}

function fromInline(value: unknown): string {
  const read = whatFits(inline, value);
  if (read === undefined) return '';
  const { bold, italic, strike, code } = read.style ?? {};
  let said = saidBy(read);
  if (code === true && !said.includes('`')) said = around(said, '`');
  if (strike === true) said = around(said, '~~');
  if (italic === true) said = around(said, '_');
  return bold === true ? around(said, '**') : said;
}

function line(elements: readonly unknown[]): string {
  return elements.map(fromInline).join('');
}

function plainLine(elements: readonly unknown[]): string {
  return elements
    .map((value) => whatFits(inline, value))
    .map((read) => read?.text ?? read?.url ?? '')
    .join('');
}

function fromPart(value: unknown): string {
  const { type, elements, style, indent } = whatFits(part, value) ?? { type: '', elements: [] };
  switch (type) {
    case 'rich_text_list': {
      const before = '    '.repeat(Math.min(MAX_INDENT, Math.max(0, Math.trunc(Number(indent)) || 0)));
      const items = elements.map((item) => line(whatFits(part, item)?.elements ?? [])).filter(Boolean);
      return items.map((item, at) => `${before}${style === 'ordered' ? `${at + 1}.` : '-'} ${item}`).join('\n');
    }
    case 'rich_text_preformatted': {
      const code = plainLine(elements);
      return code && fenced(code);
    }
    case 'rich_text_quote': {
      const said = line(elements);
      return said === '' ? '' : said.replace(/^/gm, '> ');
    }
    default:
      return line(elements);
  }
}

/** Renders rich text as Markdown; unknown parts show their text. */
export function fromRichText(elements: readonly unknown[]): string {
  return elements
    .map(fromPart)
    .map((said) => said.replace(/\n+$/, ''))
    .filter((said) => said.trim() !== '')
    .join('\n');
}
