import { isInPopup } from '../../ui/roving.ts';

/** The parts of the screen between which F6 moves: navigation, the page, and what is beside it. */
const PANES = 'nav, main, aside';
/** What takes the focus in a part: where one is, its heading, or its first control that is not disabled. */
const STARTS = [
  '[aria-current=page]',
  'h1[tabindex]',
  ':is(a[href], button, input, select, textarea, [tabindex]):not(:disabled)',
];

/**
 * Moves the focus to the next part of the screen, or the previous one, and begins again at the end. Does nothing in an
 * open popup: that is closed first.
 */
export function focusPane(by: 1 | -1): void {
  if (isInPopup(document.activeElement)) return;
  const panes = [...document.querySelectorAll<HTMLElement>(PANES)].filter((pane) => startOf(pane) !== undefined);
  const inner = document.activeElement?.closest<HTMLElement>(PANES);
  const at = inner ? panes.indexOf(inner) : -1;
  const next = at < 0 ? (by > 0 ? 0 : panes.length - 1) : (at + by + panes.length) % panes.length;
  const pane = panes[next];
  if (pane) startOf(pane)?.focus();
}

function startOf(pane: HTMLElement): HTMLElement | undefined {
  for (const start of STARTS) {
    const found = [...pane.querySelectorAll<HTMLElement>(start)].find(
      // What is in a part inside belongs to that one.
      (each) => each.closest(PANES) === pane && each.checkVisibility({ visibilityProperty: true }),
    );
    if (found) return found;
  }
  return undefined;
}
