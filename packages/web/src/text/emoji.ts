const PICTURE = /\p{Extended_Pictographic}|\p{Regional_Indicator}|⃣/u;
const PLAIN = /[\p{L}\p{P}\p{S}]/u;
let graphemes: Intl.Segmenter | undefined;

/** How many emoji a text consists of, when there is nothing else in it but spaces; 0 otherwise. */
export function countIfOnlyEmoji(text: string): number {
  const trimmed = text.replaceAll(/\s/gu, '');
  if (trimmed === '' || trimmed.length > 60 || !PICTURE.test(trimmed)) return 0;
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  let count = 0;
  for (const { segment } of graphemes.segment(trimmed)) {
    if (
      !PICTURE.test(segment) ||
      (segment.length === 1 && PLAIN.test(segment) && !/\p{Emoji_Presentation}/u.test(segment))
    )
      return 0;
    count += 1;
  }
  return count;
}

/** An emoji written as its code points: `1F44D` or `1F468-200D-1F33E`. */
export function emojiFromHexcode(hexcode: string): string {
  return String.fromCodePoint(...hexcode.split('-').map((point) => Number.parseInt(point, 16)));
}
