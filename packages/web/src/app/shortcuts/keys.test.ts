import { describe, expect, it } from 'vitest';
import { isSingleKey, meaning, written } from './keys.ts';

const press = (key: string, ...held: ('alt' | 'ctrl' | 'meta' | 'shift')[]) => ({
  key,
  altKey: held.includes('alt'),
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  shiftKey: held.includes('shift'),
});

describe('a pressed key', () => {
  it.each([
    [press('k', 'ctrl'), 'mod+k'],
    [press('K', 'meta'), 'mod+k'],
    [press('?', 'shift'), '?'],
    [press('/'), '/'],
    [press('T', 'shift'), 'shift+t'],
    [press('ArrowUp', 'alt', 'shift'), 'alt+shift+ArrowUp'],
    [press('F6', 'shift'), 'shift+F6'],
    [press('Escape'), 'Escape'],
  ])('%j is %s', (event, name) => {
    expect(written(event)).toBe(name);
  });
});

const label = { id: 'x' };
const table = [
  { id: 'today' as const, keys: ['g t'], label },
  { id: 'nextUnread' as const, keys: ['n'], label },
  { keys: ['r'], label },
];

describe('what a key means', () => {
  it.each([
    ['n', undefined, 'nextUnread'],
    ['g', undefined, 'more'],
    ['t', 'g', 'today'],
    ['n', 'g', undefined],
    ['g', 'g', undefined],
    ['r', undefined, undefined],
    ['x', undefined, undefined],
  ])('%s after %s: %s', (pressed, before, id) => {
    expect(meaning(table, pressed, before)).toBe(id);
  });
});

it.each([
  ['n', true],
  ['g t', true],
  ['?', true],
  ['mod+k', false],
  ['alt+ArrowUp', false],
  ['F6', false],
  ['shift+Escape', false],
])('%s is a character while typing: %s', (keys, isSingle) => {
  expect(isSingleKey(keys)).toBe(isSingle);
});
