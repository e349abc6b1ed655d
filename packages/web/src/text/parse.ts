import { Marked, type Token, type Tokens } from 'marked';
import type { Block, Inline } from './nodes.ts';
import { safeHref } from './safe-href.ts';
import { splitWords } from './words.ts';

/** Quotes and lists nested deeper than this are shown as they were written. */
const DEEPEST = 8;
const TOO_DEEP = new RegExp(`^ {0,3}(?:(?:>|[-*+]|\\d{1,9}[.)])[ \\t]*){${DEEPEST + 1},}`, 'm');

const off = () => undefined;
/** The lexer alone: nothing is ever made into HTML. What is switched off stays as it was written. */
const marked = new Marked({
  gfm: true,
  breaks: true,
  tokenizer: {
    code: off,
    def: off,
    heading: off,
    hr: off,
    html: off,
    lheading: off,
    reflink: off,
    table: off,
    tag: off,
  },
});

/** What a message says, as blocks of light Markdown. Any text has a result; what is no Markdown is text. */
export function parse(content: string): Block[] {
  if (TOO_DEEP.test(content)) return [plain(content)];
  try {
    return blocks(marked.lexer(content), content);
  } catch {
    return [plain(content)];
  }
}

function plain(text: string): Block {
  const lines = text
    .split('\n')
    .flatMap((line, at): Inline[] => [...(at > 0 ? [{ kind: 'break' } as const] : []), ...splitWords(line)]);
  return { kind: 'paragraph', children: lines };
}

function blocks(tokens: readonly Token[], raw: string): Block[] {
  const found = tokens.flatMap((token) => block(token as Tokens.Generic));
  return found.length > 0 ? found : raw.trim() === '' ? [] : [plain(raw)];
}

function block(token: Tokens.Generic): Block[] {
  switch (token.type) {
    case 'space':
      return [];
    case 'code':
      return [{ kind: 'codeBlock', text: token.text, language: token.lang || undefined }];
    case 'blockquote':
      return [{ kind: 'quote', children: blocks(token.tokens ?? [], token.raw) }];
    case 'list': {
      const { items, ordered, start } = token as Tokens.List;
      return [
        {
          kind: 'list',
          ordered,
          start: start === '' ? 1 : start,
          items: items.map((item) => blocks(item.tokens, item.raw)),
        },
      ];
    }
    case 'paragraph':
    case 'text':
      return [{ kind: 'paragraph', children: inlines(token.tokens ?? [token]) }];
    case 'checkbox':
      return [plain(token.raw)];
    default:
      return [plain(token.raw)];
  }
}

function inlines(tokens: readonly Token[]): Inline[] {
  return tokens.flatMap((token) => inline(token as Tokens.Generic));
}

function inline(token: Tokens.Generic): Inline[] {
  const children = () => inlines(token.tokens ?? []);
  switch (token.type) {
    case 'br':
      return [{ kind: 'break' }];
    case 'codespan':
      return [{ kind: 'code', text: token.text }];
    case 'strong':
      return [{ kind: 'strong', children: children() }];
    case 'em':
      return [{ kind: 'emphasis', children: children() }];
    case 'del':
      return [{ kind: 'strike', children: children() }];
    case 'escape':
      return [{ kind: 'text', text: token.text }];
    case 'link': {
      const href = safeHref(token.href);
      return href === undefined ? splitWords(token.raw) : [{ kind: 'link', href, children: children() }];
    }
    case 'text':
      return token.tokens ? children() : splitWords(token.text);
    default:
      return splitWords(token.raw);
  }
}
