import { pickSkewed, seeded } from './random.ts';

const SYLLABLES = Array.from('bdfgklmnprstvz', (consonant) =>
  Array.from('aeiouäé', (vowel) => consonant + vowel),
).flat();
const WORDS = 60_000;
/** The most frequent words of a language are short. */
const SHORT_WORDS = 300;
const SIGNS = 1_200;

/** What is said in the benchmark: made up, but with the frequencies of a language. */
export interface Language {
  /** The most frequent first. */
  words: readonly string[];
  /** Chinese characters, the most frequent first. */
  signs: readonly string[];
  message(): string;
}

/** The same language in every run. */
export function makeLanguage(): Language {
  const random = seeded(7);
  const syllable = () => SYLLABLES[Math.floor(random() * SYLLABLES.length)] ?? '';
  const words = [
    ...new Set(
      Array.from({ length: WORDS }, (_, rank) => {
        const length = rank < SHORT_WORDS ? 1 + (rank % 2) : 2 + Math.floor(random() * 3);
        return Array.from({ length }, syllable).join('');
      }),
    ),
  ];
  const signs = Array.from({ length: SIGNS }, (_, at) => String.fromCodePoint(0x4e00 + at * 7));
  const several = (least: number, most: number, one: () => string) =>
    Array.from({ length: least + Math.floor(random() * (most - least)) }, one);
  const message = () => {
    // One in ten is Chinese, one in fifty has a link.
    if (random() < 0.1) return several(6, 40, () => pickSkewed(signs, random)).join('');
    const text = several(3, 20, () => pickSkewed(words, random)).join(' ');
    return random() < 0.02 ? `${text} https://example.org/${pickSkewed(words, random)}` : text;
  };
  return { words, signs, message };
}
