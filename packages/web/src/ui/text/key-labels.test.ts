import { expect, it } from 'vitest';
import { keyLabels } from './key-labels.ts';

it.each([
  ['mod+k', true, ['⌘', 'K']],
  ['mod+k', false, ['Ctrl', 'K']],
  ['alt+shift+ArrowUp', false, ['Alt', '⇧', '↑']],
  ['g t', false, ['G', 'T']],
  ['?', false, ['?']],
  ['+', false, ['+']],
])('%s, on a keyboard of Apple: %s, is labelled %s', (keys, isApple, labels) => {
  expect(keyLabels(keys, isApple)).toEqual(labels);
});
