import { isForEveryone, mark } from './marks.ts';

/** Addresses that may become a link; everything else (`javascript:`, `data:`) stays text. */
const LINKABLE = /^(https?:\/\/|mailto:)[^\s<>]+$/i;
/** Code first, as nothing inside it is markup; then what Slack puts between angle brackets; then single-line emphasis. */
const TOKENS =
  /(```[\s\S]*?```|`[^`\n]+`)|<([^<>\n]+)>|(?<![\w*])\*([^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])|(?<![\w~])~([^~\s](?:[^~\n]*[^~\s])?)~(?![\w~])/g;

/** Undoes the three escapes that Slack asks for. */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** A link in our Markdown; where the address may not be one, only the text. */
export function link(address: string, label: string): string {
  const words = label.replace(/\s+/g, ' ').trim();
  if (!LINKABLE.test(address)) return words === '' ? address : words;
  const shown = address.replace(/[()]/g, (bracket) => (bracket === '(' ? '%28' : '%29'));
  if (words === '' || words === address) return address;
  return `[${words.replace(/[[\]]/g, (bracket) => `\\${bracket}`)}](${shown})`;
}

/** What stands between angle brackets: a mention, a date, a link. */
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
      // Not a link at all: somebody forgot to escape a bracket.
      if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) return `<${unescaped(inside)}>`;
      return link(unescaped(target), label);
  }
}

/** Slack's mrkdwn as our Markdown, with marks for whom it means. Linear in the length of the text. */
export function fromMrkdwn(text: string): string {
  let result = '';
  let from = 0;
  for (const match of text.matchAll(TOKENS)) {
    const [whole, code, inside, bold, struck] = match;
    result += unescaped(text.slice(from, match.index));
    if (code !== undefined) result += unescaped(code);
    else if (inside !== undefined) result += bracketed(inside);
    else if (bold !== undefined) result += `**${fromMrkdwn(bold)}**`;
    else if (struck !== undefined) result += `~~${fromMrkdwn(struck)}~~`;
    from = match.index + whole.length;
  }
  return result + unescaped(text.slice(from));
}
