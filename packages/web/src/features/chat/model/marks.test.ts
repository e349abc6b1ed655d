import { describe, expect, it } from 'vitest';
import { type Mark, toggleMark } from './marks.ts';

/** Applies a mark to a text with | at both ends of the selection. */
function marked(text: string, mark: Mark): string {
  const [before = '', selected = '', after = ''] = text.split('|');
  const plain = before + selected + after;
  const edit = toggleMark({ text: plain, start: before.length, end: before.length + selected.length }, mark);
  const result = plain.slice(0, edit.from) + edit.insert + plain.slice(edit.to);
  return `${result.slice(0, edit.start)}|${result.slice(edit.start, edit.end)}|${result.slice(edit.end)}`;
}

describe('marks', () => {
  it.each<[string, Mark, string]>([
    ['a |b| c', 'bold', 'a **|b|** c'],
    ['a **|b|** c', 'bold', 'a |b| c'],
    ['||', 'italic', '_||_'],
    ['a |b| c', 'code', 'a `|b|` c'],
    ['|a\nb|', 'code', '```\n|a\nb|\n```'],
    ['one\nt|w|o\nthree', 'quote', 'one\n> two||\nthree'],
    ['> o|n|e', 'quote', 'one||'],
    ['|a\nb|', 'list', '- a\n- b||'],
  ])('%j, %s: %j', (text, mark, result) => {
    expect(marked(text, mark)).toBe(result);
  });
});
