/**
 * Replaces a part of a text field in a way that can be undone, and sets the selection afterwards.
 * Browsers have no other API that keeps the undo history.
 */
export function replaceText(
  field: HTMLTextAreaElement,
  from: number,
  to: number,
  insert: string,
  start = from + insert.length,
  end = start,
): void {
  field.focus();
  field.setSelectionRange(from, to);
  const done = insert === '' ? document.execCommand('delete') : document.execCommand('insertText', false, insert);
  if (!done) {
    field.setRangeText(insert, from, to, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  field.setSelectionRange(start, end);
}
