/**
 * Puts text in the place of a part of a text field so that undo takes it back, and sets what is selected afterwards.
 * Browsers offer nothing else that keeps the history of undo.
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
