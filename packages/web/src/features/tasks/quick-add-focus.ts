/** The field on the screen that adds tasks. */
let field: HTMLInputElement | undefined;
/** Until when a field that appears takes the focus, by the clock of the page in milliseconds. */
let wantedUntil = 0;
/** How long a page may take to load its field: afterwards nobody expects the focus to move. */
const WANTED_MS = 5_000;

/** Makes a field the one that adds tasks, and focuses it if that was asked for. @returns a function that ends it */
export function offerQuickAdd(input: HTMLInputElement): () => void {
  field = input;
  if (performance.now() < wantedUntil) input.focus();
  wantedUntil = 0;
  return () => {
    if (field === input) field = undefined;
  };
}

/**
 * Focuses the field that adds tasks.
 * @returns false if the screen has none: then one that appears within some seconds is focused
 */
export function focusQuickAdd(): boolean {
  field?.focus();
  wantedUntil = field === undefined ? performance.now() + WANTED_MS : 0;
  return field !== undefined;
}
