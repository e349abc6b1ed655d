import { characters, firstCharacters, type HookPayload, sizes } from '@atrium/protocol';
import { fromAttachment } from './attachments.ts';
import { fromBlocks } from './blocks.ts';
import { fromMrkdwn } from './mrkdwn.ts';

const CUT = '\n… (cut)';

/** Truncates to the maximum length of a message, with a note. */
export function cut(text: string, most: number = sizes.message): string {
  return characters(text) <= most ? text : `${firstCharacters(text, most - characters(CUT))}${CUT}`;
}

/**
 * The content of a payload as our Markdown, with placeholders for mentions. Blocks replace the text, which is then only
 * their summary.
 * @returns '' if it is empty
 */
export function markedTextOf({ text = '', mrkdwn = true, blocks = [], attachments = [] }: HookPayload): string {
  const main = fromBlocks(blocks) || (mrkdwn ? fromMrkdwn(text) : text);
  const parts = [main, ...attachments.map(fromAttachment)].map((part) => part.trim()).filter(Boolean);
  return parts.join('\n\n');
}
