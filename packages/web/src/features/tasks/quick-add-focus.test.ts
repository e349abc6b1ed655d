import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { focusQuickAdd, offerQuickAdd } from './quick-add-focus.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A field that counts how often it was focused. */
function newField() {
  const focus = vi.fn();
  return { focus, input: { focus } as unknown as HTMLInputElement };
}

it('focuses the field of the screen', () => {
  const { focus, input } = newField();
  const end = offerQuickAdd(input);
  expect(focus).not.toHaveBeenCalled();
  expect(focusQuickAdd()).toBe(true);
  expect(focus).toHaveBeenCalledTimes(1);
  end();
});

it('focuses a field that appears soon, once', () => {
  expect(focusQuickAdd()).toBe(false);
  vi.advanceTimersByTime(4_000);
  const [first, second] = [newField(), newField()];
  offerQuickAdd(first.input)();
  offerQuickAdd(second.input)();
  expect(first.focus).toHaveBeenCalledTimes(1);
  expect(second.focus).not.toHaveBeenCalled();
});

it('leaves the focus alone when the page comes much later', () => {
  expect(focusQuickAdd()).toBe(false);
  vi.advanceTimersByTime(6_000);
  const { focus, input } = newField();
  offerQuickAdd(input)();
  expect(focus).not.toHaveBeenCalled();
});
