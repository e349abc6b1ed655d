import { randomUUID } from 'node:crypto';
import { sizes } from '@atrium/protocol';
import { validate } from 'uuid';
import type { ParsedMentions } from '../../chat/index.ts';

/** Senders cannot know it, so their text cannot contain a placeholder. It never leaves the process. */
const NONCE = randomUUID();
const MARK = new RegExp(`\uFDD0${NONCE}:([^|\uFDD1]*)\\|([^\uFDD1]*)\uFDD1`, 'g');
/** Slack's name for each kind of everyone. */
const SCOPES: Readonly<Record<string, ParsedMentions['scope']>> = {
  here: 'here',
  channel: 'channel',
  everyone: 'channel',
};

/** True for a keyword that mentions everyone, or everyone connected. */
export function isForEveryone(word: string): boolean {
  return Object.hasOwn(SCOPES, word);
}

/**
 * A placeholder for a mention until the text is complete.
 * @param who a username, an id, or a keyword for everyone
 * @param label the sender's name for them; '' if none
 */
export function mark(who: string, label = ''): string {
  return `\uFDD0${NONCE}:${[who, label].map((part) => part.replace(/[|\uFDD1]/g, '')).join('|')}\uFDD1`;
}

function marksIn(text: string): string[] {
  return [...new Set([...text.matchAll(MARK)].map(([, who = '']) => who))];
}

/** The people that the placeholders of a text mention, by the text in angle brackets; undefined: nobody. */
export function mentionsIn(text: string): ParsedMentions | undefined {
  const marks = marksIn(text);
  if (marks.length === 0) return undefined;
  const scopes = new Set(marks.filter(isForEveryone).map((who) => SCOPES[who]));
  const people = marks.filter((who) => !isForEveryone(who)).slice(0, sizes.mentionNames);
  return {
    names: people.filter((who) => !validate(who)).map((who) => who.toLowerCase()),
    ids: people.filter((who) => validate(who)).map((who) => who.toLowerCase()),
    scope: scopes.has('channel') ? 'channel' : scopes.has('here') ? 'here' : null,
  };
}

/** The readable text. @param names of people, by id; others keep the sender's label */
export function withoutMarks(text: string, names: ReadonlyMap<string, string>): string {
  const nameOf = (who: string, label: string) =>
    (isForEveryone(who) ? SCOPES[who] : undefined) ?? names.get(who.toLowerCase()) ?? (label || who);
  return text.replace(MARK, (_, who: string, label: string) => `@${nameOf(who, label)}`);
}
