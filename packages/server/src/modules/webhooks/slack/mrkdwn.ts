import { isForEveryone, mark } from './marks.ts';

/** URLs that may become a link; everything else (`javascript:`, `data:`) stays text. */
const LINKABLE = /^(https?:\/\/|mailto:)[^\s<>]+$/i;
/** Code first, as nothing inside it is markup; then Slack's angle brackets; then single-line emphasis. */
const TOKENS =
  /(```[\s\S]*?```|`[^`\n]+`)|<([^<>\n]+)>|(?<![\w*])\*([^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])|(?<![\w~])~([^~\s](?:[^~\n]*[^~\s])?)~(?![\w~])/g;

/** Undoes Slack's three escapes. */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** A link in our Markdown, or only the text if the URL is not allowed. */
export function link(address: string, label: string): string {
  const words = label.replace(/\s+/g, ' ').trim();
  if (!LINKABLE.test(address)) return words === '' ? address : words;
  const shown = address.replace(/[()]/g, (bracket) => (bracket === '(' ? '%28' : '%29'));
  if (words === '' || words === address) return address;
  return `[${words.replace(/[[\]]/g, (bracket) => `\\${bracket}`)}](${shown})`;
}

/** The content of angle brackets: a mention, a date, a link. */
function bracketed(inside: string): string {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : unescaped(inside.slice(bar + 1));
  const special = target.slice(1).split('^')[0] ?? '';
  switch (target[0]) {
    case '!':
      if (isForEveryone(special)) return mark(special);
      return label === '' ? special : label;
    case '@':
      return mark(special, label);
    case '#':
      return `#${label || special}`;
    default:
      // Not a link: the sender did not escape a bracket.
      if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) return `<${unescaped(inside)}>`;
      return link(unescaped(target), label);
  }
}

/** A code block. No line of the code can end it. */
export function fenced(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${code}\n${fence}`;
}

/** In Slack a code block may begin and end within a line; in Markdown it needs its own lines. */
function codeBlock(code: string, before: string, after: string): string {
  const block = fenced(unescaped(code.slice(3, -3)).replace(/^\n/, '').replace(/\n$/, ''));
  return `${before === '' || before.endsWith('\n') ? '' : '\n'}${block}${after === '' || after === '\n' ? '' : '\n'}`;
}

/** Appends Markdown to a line, or below it if it is a block. */
export function behind(lead: string, text: string): string {
  return lead && text ? `${lead}${text.startsWith('```') ? '\n' : ' '}${text}` : lead || text;
}

/** Converts Slack's mrkdwn to our Markdown, with placeholders for mentions. Linear in the length of the text. */
export function fromMrkdwn(text: string): string {
  const parts: string[] = [];
  const add = (part: string) => part !== '' && parts.push(part);
  let from = 0;
  for (const match of text.matchAll(TOKENS)) {
    const [whole, code, inside, bold, struck] = match;
    add(unescaped(text.slice(from, match.index)));
    from = match.index + whole.length;
    if (code?.startsWith('```') && code.includes('\n')) add(codeBlock(code, parts.at(-1) ?? '', text.charAt(from)));
    else if (code !== undefined) add(unescaped(code));
    else if (inside !== undefined) add(bracketed(inside));
    else if (bold !== undefined) add(`**${fromMrkdwn(bold)}**`);
    else if (struck !== undefined) add(`~~${fromMrkdwn(struck)}~~`);
  }
  add(unescaped(text.slice(from)));
  return parts.join('');
}
