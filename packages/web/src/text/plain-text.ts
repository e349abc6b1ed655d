import type { Block, Inline } from './nodes.ts';
import { parse } from './parse.ts';

/** What a message says in one line without marks: for previews, notifications and screen readers. */
export function plainText(content: string): string {
  return parse(content).map(ofBlock).join(' ').replaceAll(/\s+/gu, ' ').trim();
}

function ofBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return block.children.map(ofInline).join('');
    case 'codeBlock':
      return block.text;
    case 'quote':
      return block.children.map(ofBlock).join(' ');
    case 'list':
      return block.items.map((item) => item.map(ofBlock).join(' ')).join(' ');
  }
}

function ofInline(node: Inline): string {
  switch (node.kind) {
    case 'break':
      return ' ';
    case 'text':
    case 'code':
    case 'mention':
      return node.text;
    case 'shortcode':
      return `:${node.name}:`;
    default:
      return node.children.map(ofInline).join('');
  }
}
