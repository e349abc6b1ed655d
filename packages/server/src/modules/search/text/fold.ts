/** Letters that Unicode does not decompose, as people type them without the key. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
};
const PECULIAR = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');
/** Accents and other marks on letters, except marks that make another letter, as in Japanese, Thai or Hindi. */
const ACCENTS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff]/g;
/** Points of Hebrew and vowel signs of Arabic, which most people omit, and the character that only stretches a word. */
const POINTS =
  /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]/g;
/** Keyboards and word processors use these differently. */
const APOSTROPHES = /[\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u2032]/g;
const HYPHENS = /[\p{Pd}\u2212]/gu;
/** Characters that only change how others look, or where a line may break. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const isAscii = (text: string) => !/[^\0-\x7f]/.test(text);

/**
 * Folds text for comparison in searches: it ignores case, accents, vowel points, and differences of width or form, so
 * that `cafe` matches `Café` and `ｱﾙﾌｧ` matches `アルファ`. This is not done by PostgreSQL, so that results do not depend
 * on a locale or an extension of the database.
 */
export function fold(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(INVISIBLE, '')
    .toLowerCase()
    .replace(ACCENTS, '')
    .replace(POINTS, '')
    .replace(APOSTROPHES, "'")
    .replace(HYPHENS, '-')
    .replace(PECULIAR, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFC');
}

/** Folded text with the origin of each of its units. */
export interface FoldedText {
  text: string;
  /** For each UTF-16 unit of `text`, the start of its character in the original… */
  starts: number[];
  /** …and the end of that character. */
  ends: number[];
}

/** Created when first needed: the first one in a process takes 7 ms. */
let characters: Intl.Segmenter | undefined;

/** Approximate length of the pieces that are folded, in UTF-16 units. */
const PIECE = 256;

/**
 * Positions at which a text can be split without splitting a character, from 0 to its length, every few hundred units.
 */
export function boundariesOf(original: string): number[] {
  characters ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const segments = characters.segment(original);
  const bounds = [0];
  for (let at = 0; at < original.length; ) {
    const character = segments.containing(Math.min(at + PIECE, original.length));
    // One character can be longer than a piece: letters can have any number of accents.
    if (character === undefined) at = original.length;
    else at = character.index > at ? character.index : character.index + character.segment.length;
    bounds.push(at);
  }
  return bounds;
}

/** Folds character by character (grapheme clusters), and records the origin of each. */
export function foldWithOffsets(original: string): FoldedText {
  const folded: FoldedText = { text: '', starts: [], ends: [] };
  characters ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  for (const { segment, index } of characters.segment(original)) {
    const piece = fold(segment);
    folded.text += piece;
    for (let unit = 0; unit < piece.length; unit++) {
      folded.starts.push(index);
      folded.ends.push(index + segment.length);
    }
  }
  return folded;
}
