import type { Rows, Source } from '../rows/neutral.ts';
import { atriumRows } from './atrium/atrium.ts';
import { mattermostRows } from './mattermost/mattermost.ts';
import type { SourceOptions } from './options.ts';
import { slackRows } from './slack/slack.ts';
import { clockifyRows, togglRows } from './time/products.ts';
import { todoistRows } from './todoist/todoist.ts';
import { trelloRows } from './trello/trello.ts';

export type { SourceOptions } from './options.ts';

/** The readers by product. */
export const READERS: Readonly<Record<Source, (file: string, options: SourceOptions) => Rows>> = {
  slack: slackRows,
  mattermost: mattermostRows,
  trello: trelloRows,
  todoist: todoistRows,
  toggl: togglRows,
  clockify: clockifyRows,
  atrium: atriumRows,
};
