import type { KeyboardEvent } from 'react';
import { isTyping } from '../../../ui/roving.ts';
import { COLUMNS, type Columns, type Direction, type Position } from './model.ts';

/** The action of a key on the board. */
export type BoardKey = { move: Direction } | { go: Direction } | { open: true } | { menu: true };

const KEYS: Readonly<Record<string, BoardKey>> = {
  ArrowUp: { go: 'up' },
  k: { go: 'up' },
  ArrowDown: { go: 'down' },
  j: { go: 'down' },
  ArrowLeft: { go: 'left' },
  ArrowRight: { go: 'right' },
  'shift+ArrowUp': { move: 'up' },
  'shift+ArrowDown': { move: 'down' },
  '[': { move: 'left' },
  ']': { move: 'right' },
  Enter: { open: true },
  m: { menu: true },
};

/** Parses a key pressed on a card; undefined if it has no action. */
export function boardKey({ altKey, ctrlKey, key, metaKey, shiftKey, target }: KeyboardEvent): BoardKey | undefined {
  // Brackets need AltGr on many keyboards, which some systems report as Ctrl and Alt.
  const isBracket = key === '[' || key === ']';
  if (isTyping(target) || (!isBracket && (altKey || ctrlKey || metaKey))) return undefined;
  return KEYS[shiftKey && key.startsWith('Arrow') ? `shift+${key}` : key];
}

/** The card that gets the focus from a position; skips empty columns. Pure. */
export function cardBeside(columns: Columns, { status, index }: Position, direction: Direction): string | undefined {
  if (direction === 'up' || direction === 'down') return columns[status][index + (direction === 'up' ? -1 : 1)]?.id;
  const at = COLUMNS.indexOf(status);
  const way = direction === 'left' ? COLUMNS.slice(0, at).reverse() : COLUMNS.slice(at + 1);
  const next = way.find((each) => columns[each].length > 0);
  return next && columns[next][Math.min(index, columns[next].length - 1)]?.id;
}
