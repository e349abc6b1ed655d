import type { SlackAttachment } from '@atrium/protocol';
import { fromBlocks } from './blocks.ts';
import { circleOf } from './colours.ts';
import { behind, fromMrkdwn, link } from './mrkdwn.ts';

function titled(text: string | undefined, address: string | undefined): string {
  if (text === undefined || text.trim() === '') return '';
  return address ? link(address, fromMrkdwn(text)) : fromMrkdwn(text);
}

function fromField({ title, value }: { title: string; value: string }): string {
  const said = fromMrkdwn(value);
  return behind(title && `**${title}**${said && ':'}`, said);
}

/** The content next to the coloured bar. */
function body(attachment: SlackAttachment): string {
  const { author_name, author_link, title, title_link, text, fields = [], image_url, thumb_url, footer } = attachment;
  const heading = titled(title, title_link);
  const picture = image_url ?? thumb_url;
  const lines = [
    titled(author_name, author_link),
    heading && `**${heading}**`,
    text && fromMrkdwn(text),
    ...fields.map(fromField),
    picture && link(picture, 'image'),
    fromBlocks(attachment.blocks ?? []),
    footer && `_${fromMrkdwn(footer)}_`,
  ];
  return lines.filter(Boolean).join('\n');
}

/** Renders an attachment as a quotation with a circle in its colour, or its fallback if there is nothing else. */
export function fromAttachment(attachment: SlackAttachment): string {
  const { pretext, fallback = '', color } = attachment;
  const shown = body(attachment) || (pretext ? '' : fromMrkdwn(fallback));
  const circle = circleOf(color);
  const quoted = shown && behind(circle, shown).replace(/^/gm, '> ');
  return [pretext && fromMrkdwn(pretext), quoted].filter(Boolean).join('\n');
}
