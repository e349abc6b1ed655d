import type { SlackBlock, SlackText } from '@atrium/protocol';
import { z } from 'zod';
import { fromMrkdwn, link } from './mrkdwn.ts';

const image = z.object({
  type: z.literal('image'),
  image_url: z.string().max(2_000),
  alt_text: z.string().default(''),
});
const words = z.object({ type: z.enum(['plain_text', 'mrkdwn']), text: z.string().max(100_000) });

/** A piece of text that says itself how it is marked up. */
function written({ type, text }: SlackText): string {
  return type === 'mrkdwn' ? fromMrkdwn(text) : text;
}

/** Pictures are links: the server fetches nothing. */
function picture(address: string, label: string): string {
  return link(address, label.trim() || 'image');
}

/** A text or a picture in a row of such; everything else (buttons, menus) is passed over. */
function element(value: unknown): string {
  const text = words.safeParse(value);
  if (text.success) return written(text.data);
  const pictured = image.safeParse(value);
  return pictured.success ? picture(pictured.data.image_url, pictured.data.alt_text) : '';
}

function fromBlock(block: SlackBlock): string {
  switch (block.type) {
    case 'section': {
      const parts = [block.text && written(block.text), ...(block.fields ?? []).map(written), element(block.accessory)];
      return parts.filter(Boolean).join('\n');
    }
    case 'header':
      return block.text ? `**${block.text.text.trim()}**` : '';
    case 'divider':
      return '---';
    case 'context':
      return (block.elements ?? []).map(element).filter(Boolean).join(' · ');
    case 'image':
      return block.image_url ? picture(block.image_url, block.title?.text ?? block.alt_text ?? '') : '';
    default:
      return '';
  }
}

/** Blocks as Markdown, one paragraph each; '' when there is nothing to read in them. */
export function fromBlocks(blocks: readonly SlackBlock[]): string {
  const paragraphs = blocks.map(fromBlock).filter(Boolean);
  return paragraphs.every((paragraph) => paragraph === '---') ? '' : paragraphs.join('\n\n');
}
