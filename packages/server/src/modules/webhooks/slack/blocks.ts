import type { SlackBlock, SlackText } from '@atrium/protocol';
import { z } from 'zod';
import { whatFits } from '../format/what-fits.ts';
import { fromMrkdwn, link } from './mrkdwn.ts';
import { fromRichText } from './rich-text.ts';

const image = z.object({
  type: z.literal('image'),
  image_url: z.string().max(2_000),
  alt_text: z.string().default(''),
});
const words = z.object({ type: z.enum(['plain_text', 'mrkdwn']), text: z.string() });
const cell = z.object({ type: z.string(), text: z.string().optional(), elements: z.array(z.unknown()).optional() });

/** A text object; its type says whether it has markup. */
function written(text: SlackText): string {
  if (typeof text === 'string') return fromMrkdwn(text);
  return text.type === 'plain_text' ? text.text : fromMrkdwn(text.text);
}

function plain(text: SlackText | undefined): string | undefined {
  return typeof text === 'object' ? text.text : text;
}

/** Pictures become links: the server fetches nothing. */
function picture(address: string, label: string): string {
  return link(address, label.trim() || 'image');
}

/** A text or picture in a row; everything else (buttons, menus) is ignored. */
function element(value: unknown): string {
  const text = words.safeParse(value);
  if (text.success) return written(text.data);
  const pictured = image.safeParse(value);
  return pictured.success ? picture(pictured.data.image_url, pictured.data.alt_text) : '';
}

function fromCell(value: unknown): string {
  const { text, elements } = whatFits(cell, value) ?? {};
  const shown = elements === undefined ? (text ?? '') : fromRichText(elements);
  return shown.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
}

/** Renders a table as Markdown; its first row is the header. */
function fromTable(rows: readonly (readonly unknown[])[]): string {
  const [head, ...others] = rows.map((row) => `| ${row.map(fromCell).join(' | ')} |`);
  if (head === undefined || !/[^|\s]/.test([head, ...others].join(''))) return '';
  return [head, `|${' --- |'.repeat(rows[0]?.length ?? 0)}`, ...others].join('\n');
}

function fromBlock(block: SlackBlock): string {
  switch (block.type) {
    case 'header':
      return block.text ? `**${(plain(block.text) ?? '').trim()}**` : '';
    case 'divider':
      return '---';
    case 'context':
      return (block.elements ?? []).map(element).filter(Boolean).join(' · ');
    case 'image':
      return block.image_url ? picture(block.image_url, plain(block.title) ?? block.alt_text ?? '') : '';
    case 'markdown':
      return plain(block.text) ?? '';
    case 'rich_text':
      return fromRichText(block.elements ?? []);
    case 'table':
      return fromTable(block.rows ?? []);
    default: {
      // A section, or an unknown type with text.
      const parts = [block.text && written(block.text), ...(block.fields ?? []).map(written), element(block.accessory)];
      return parts.filter(Boolean).join('\n');
    }
  }
}

/** Renders blocks as Markdown, one paragraph each; '' if they have no text. */
export function fromBlocks(blocks: readonly SlackBlock[]): string {
  const paragraphs = blocks.map(fromBlock).filter(Boolean);
  return paragraphs.every((paragraph) => paragraph === '---') ? '' : paragraphs.join('\n\n');
}
