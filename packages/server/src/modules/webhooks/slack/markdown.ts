import { hookPayload } from '@atrium/protocol';
import { whatFits } from '../format/what-fits.ts';
import { markedTextOf } from './content.ts';
import { withoutMarks } from './marks.ts';

/**
 * What a message of Slack says, in our Markdown: its text, blocks and attachments, as far as they fit the format.
 * @param names how people are mentioned, by their id in lower case
 */
export function slackMarkdown(message: unknown, names: ReadonlyMap<string, string>): string {
  const payload = whatFits(hookPayload, message);
  return payload === undefined ? '' : withoutMarks(markedTextOf(payload), names);
}
