import { characters, firstCharacters, isVisible, tidyLine } from '@atrium/protocol';

/** Removes NUL and lone surrogates, which cannot be stored. */
export function storable(value: string): string {
  return value.replaceAll('\0', '').toWellFormed();
}

/** A text of one line, without control characters. */
export function oneLine(value: string): string {
  return tidyLine(storable(value).replace(/[\p{Cc}\u2028\u2029]+/gu, ' '));
}

/** Truncates a line, and says whether it did. @param instead used if the line has nothing visible */
export function fitLine(value: string, most: number, instead: string): { text: string; isCut: boolean } {
  const line = oneLine(value);
  const text = isVisible(line) ? line : instead;
  return cutTo(text, most);
}

/** Truncates a text to so many characters. */
export function cutTo(value: string, most: number): { text: string; isCut: boolean } {
  if (characters(value) <= most) return { text: value, isCut: false };
  return { text: `${firstCharacters(value, most - 1).trimEnd()}…`, isCut: true };
}

const MOST_LABEL = 50;

/** The name of a label, cut to what is accepted. */
export function fitLabel(name: string): string {
  return fitLine(name, MOST_LABEL, 'Unnamed').text;
}

/** By which labels are told apart. */
export function labelKey(name: string): string {
  return fitLabel(name).toLowerCase().slice(0, MOST_LABEL);
}
