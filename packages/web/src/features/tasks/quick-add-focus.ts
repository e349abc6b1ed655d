/** The field on the screen that adds tasks. */
let field: HTMLInputElement | undefined;
let isWanted = false;

/** Makes a field the one that adds tasks, and focuses it if that was asked for. @returns a function that ends it */
export function offerQuickAdd(input: HTMLInputElement): () => void {
  field = input;
  if (isWanted) input.focus();
  isWanted = false;
  return () => {
    if (field === input) field = undefined;
  };
}

/**
 * Focuses the field that adds tasks.
 * @returns false if the screen has none: then the next one is focused as soon as it is there
 */
export function focusQuickAdd(): boolean {
  field?.focus();
  isWanted = field === undefined;
  return !isWanted;
}
