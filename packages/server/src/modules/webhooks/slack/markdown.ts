import { hookPayload } from '@atrium/protocol';
import { whatFits } from '../format/what-fits.ts';
import { markedTextOf } from './content.ts';
import { withoutMarks } from './marks.ts';

/**
 * The content of a Slack message as our Markdown: its text, blocks and attachments, as far as they are valid.
 * @param names the names to mention people by, by their id in lower case
 */
export function slackMarkdown(message: unknown, names: ReadonlyMap<string, string>): string {
  const payload = whatFits(hookPayload, message);
  return payload === undefined ? '' : withoutMarks(markedTextOf(payload), names);
}
