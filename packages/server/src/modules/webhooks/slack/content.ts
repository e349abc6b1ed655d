import { characters, firstCharacters, type HookPayload, sizes } from '@atrium/protocol';
import { fromAttachment } from './attachments.ts';
import { fromBlocks } from './blocks.ts';
import { fromMrkdwn } from './mrkdwn.ts';

const CUT = '\n… (cut)';

/** Cut to the characters that a message holds, with a mark. */
export function cut(text: string, most: number = sizes.message): string {
  return characters(text) <= most ? text : `${firstCharacters(text, most - characters(CUT))}${CUT}`;
}

/**
 * What a payload says, in our Markdown and with marks for whom it means. Blocks take the place of the text, which is
 * only their summary then.
 * @returns '' when it says nothing
 */
export function markedTextOf({ text = '', mrkdwn = true, blocks = [], attachments = [] }: HookPayload): string {
  const main = fromBlocks(blocks) || (mrkdwn ? fromMrkdwn(text) : text);
  const parts = [main, ...attachments.map(fromAttachment)].map((part) => part.trim()).filter(Boolean);
  return parts.join('\n\n');
}
