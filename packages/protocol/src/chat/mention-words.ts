/** The longest username. */
const LONGEST = 30;
const NAME = /[a-z0-9._-]*/iy;
/** Letters that continue a word in Latin script. Words in other scripts end where a username begins. */
const WORD = /[\p{Script=Latin}\p{M}\p{N}_]/u;
/** Characters before an @ inside an address or a path. */
const JOINERS = '.-/';

/** A mention as written in a text. */
export interface MentionWord {
  /** In lower case. */
  name: string;
  /** The name to try if nobody has this one: a sentence may continue directly after a dot, as in `@ben.Then`. */
  shorter: string | undefined;
  /** The position of its @. */
  start: number;
  end: number;
}

function characterBefore(text: string, at: number): string {
  const last = text.charAt(at - 1);
  return /[\uDC00-\uDFFF]/.test(last) ? text.slice(Math.max(0, at - 2), at) : last;
}

function characterAt(text: string, at: number): string {
  return at < text.length ? String.fromCodePoint(text.codePointAt(at) ?? 0) : '';
}

/** Whether an @ begins a word. In addresses (`help@`), paths (`a/@b`) and after another @ it does not. */
function beginsWord(text: string, at: number, lastEnd: number): boolean {
  let from = at;
  while (from > lastEnd && JOINERS.includes(text.charAt(from - 1))) from -= 1;
  // Directly after another mention, as in `@ben/@cat`.
  if (from === lastEnd && from > 0) return from < at;
  if (text.slice(from, at).includes('/')) return false;
  let before = from;
  // Underscores are emphasis unless they are part of a word.
  while (before > 0 && text.charAt(before - 1) === '_') before -= 1;
  const character = characterBefore(text, before);
  return character !== '@' && !WORD.test(character);
}

/** The username after an @; '' if there is none. */
function nameAt(text: string, at: number): string {
  NAME.lastIndex = at + 1;
  const run = NAME.exec(text)?.[0] ?? '';
  return /^[a-z0-9]/i.test(run) ? run.replace(/[._-]+$/, '') : '';
}

/** Whether a word ends there: not followed by a letter, the @ of an address, or the path of a package. */
function endsWord(text: string, at: number): boolean {
  const next = characterAt(text, at);
  if (next === '/') return !/[\p{L}\p{N}_]/u.test(characterAt(text, at + 1));
  if (next === '_') return true;
  return next !== '@' && !WORD.test(next);
}

/** Finds the mentions in plain text, in order. In linear time. */
export function mentionWords(text: string): MentionWord[] {
  const found: MentionWord[] = [];
  let lastEnd = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const name = nameAt(text, at);
    const end = at + 1 + name.length;
    if (name === '' || !beginsWord(text, at, lastEnd) || !endsWord(text, end)) continue;
    const sentence = /^(.*?[A-Za-z0-9])[._-]*\.\p{Lu}/u.exec(name.slice(0, LONGEST + 2))?.[1];
    const [whole, shorter] = name.length > LONGEST ? [sentence, undefined] : [name, sentence];
    if (whole === undefined || whole.length > LONGEST) continue;
    found.push({ name: whole.toLowerCase(), shorter: shorter?.toLowerCase(), start: at, end: at + 1 + whole.length });
    lastEnd = end;
  }
  return found;
}
