import { randomUUID } from 'node:crypto';
import { sizes } from '@atrium/protocol';
import { validate } from 'uuid';
import type { ParsedMentions } from '../../chat/index.ts';

/** No sender can know it, so no text of theirs holds a mark. It never leaves the process. */
const NONCE = randomUUID();
const MARK = new RegExp(`\uFDD0${NONCE}:([^|\uFDD1]*)\\|([^\uFDD1]*)\uFDD1`, 'g');
/** Slack's name for each kind of everyone. */
const SCOPES: Readonly<Record<string, ParsedMentions['scope']>> = {
  here: 'here',
  channel: 'channel',
  everyone: 'channel',
};

/** True for a word that means everyone, or everyone who is connected. */
export function isForEveryone(word: string): boolean {
  return Object.hasOwn(SCOPES, word);
}

/**
 * Stands in a text for a mention until the whole of it is there.
 * @param who a username, an id, or a word for everyone
 * @param label how the sender calls them; '' when not at all
 */
export function mark(who: string, label = ''): string {
  return `\uFDD0${NONCE}:${[who, label].map((part) => part.replace(/[|\uFDD1]/g, '')).join('|')}\uFDD1`;
}

function marksIn(text: string): string[] {
  return [...new Set([...text.matchAll(MARK)].map(([, who = '']) => who))];
}

/** Whom the marks of a text mean, by what stood between angle brackets; undefined: nobody. */
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

/** The text as people read it. @param names of people, by id; who is not among them is called as the sender does */
export function withoutMarks(text: string, names: ReadonlyMap<string, string>): string {
  const nameOf = (who: string, label: string) =>
    (isForEveryone(who) ? SCOPES[who] : undefined) ?? names.get(who.toLowerCase()) ?? (label || who);
  return text.replace(MARK, (_, who: string, label: string) => `@${nameOf(who, label)}`);
}
