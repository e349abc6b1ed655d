import type { KeyboardEvent } from 'react';

/** Keys that move through a list, with their direction. */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

/**
 * Moves the focus between the elements with `data-rove` inside the element that has this handler: arrow keys, j and k,
 * Home and End. The list is one tab stop if all but one of them have `tabIndex={-1}`.
 */
export function rove(event: KeyboardEvent<HTMLElement>): void {
  const { altKey, ctrlKey, currentTarget, key, metaKey, target } = event;
  if (altKey || ctrlKey || metaKey || isTyping(target)) return;
  const stops = [...currentTarget.querySelectorAll<HTMLElement>('[data-rove]')];
  const at = stops.findIndex((stop) => stop.contains(document.activeElement));
  const step = STEPS[key];
  const next =
    key === 'Home'
      ? stops[0]
      : key === 'End'
        ? stops.at(-1)
        : step === undefined
          ? undefined
          : stops[Math.max(0, at + step)];
  if (!next) return;
  event.preventDefault();
  for (const stop of stops) stop.tabIndex = stop === next ? 0 : -1;
  next.focus();
}

/** True inside text fields, where single keys are input. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button])')
  );
}

/** True in a dialog, menu or list of suggestions, whose keys are its own. */
export function isInPopup(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]') !== null
  );
}
