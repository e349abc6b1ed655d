/** The digits of a typed or pasted code, without grouping characters; full-width digits become ASCII. */
export function codeDigits(typed: string): string {
  return typed.normalize('NFKC').replace(/\D/g, '');
}
