import deData from 'emojibase-data/de/data.json?url';
import deNames from 'emojibase-data/de/messages.json?url';
import enData from 'emojibase-data/en/data.json?url';
import enNames from 'emojibase-data/en/messages.json?url';
import jaData from 'emojibase-data/ja/data.json?url';
import jaNames from 'emojibase-data/ja/messages.json?url';
import type { EmojiData } from 'frimousse';

type Tone = keyof EmojiData['skinTones'];

interface RawEmoji {
  emoji: string;
  group?: number;
  label: string;
  version: number;
  tags?: string[];
  skins?: { emoji: string; tone: number | number[] }[];
}

interface RawNames {
  groups: { key: string; message: string; order: number }[];
  skinTones: { key: Tone; message: string }[];
}

const FILES: Readonly<Record<string, readonly [data: string, names: string]>> = {
  de: [deData, deNames],
  en: [enData, enNames],
  ja: [jaData, jaNames],
};
const TONES: readonly Tone[] = ['light', 'medium-light', 'medium', 'medium-dark', 'dark'];
/** Newer emoji are shown as boxes on systems that are two years old. */
const NEWEST = 15;
const COMPONENTS = 2;

/** Normalizes emoji that are pictures by default: without a variation selector. */
const plain = (emoji: string) => emoji.replaceAll(/(\p{Emoji_Presentation})\uFE0F/gu, '$1');

const loaded = new Map<string, Promise<EmojiData>>();

/** All emoji with their names in a language, from this server; loaded once. */
export function resolveEmoji(locale: string): Promise<EmojiData> {
  const known = loaded.get(locale);
  if (known) return known;
  const loading = load(locale);
  loaded.set(locale, loading);
  loading.catch(() => loaded.delete(locale));
  return loading;
}

async function load(locale: string): Promise<EmojiData> {
  const [dataUrl, namesUrl] = FILES[locale] ?? FILES.en ?? ['', ''];
  const [emojis, names] = await Promise.all([read<RawEmoji[]>(dataUrl), read<RawNames>(namesUrl)]);
  return {
    locale,
    categories: names.groups
      .filter(({ order }) => order !== COMPONENTS)
      .map(({ message, order }) => ({ index: order, label: message })),
    skinTones: Object.fromEntries(names.skinTones.map(({ key, message }) => [key, message])) as EmojiData['skinTones'],
    emojis: emojis.flatMap(({ emoji, group, label, version, tags, skins }) =>
      group === undefined || group === COMPONENTS || version > NEWEST
        ? []
        : [
            {
              emoji: plain(emoji),
              category: group,
              label,
              version,
              tags: tags ?? [],
              ...(skins && { skins: tonesOf(skins) }),
            },
          ],
    ),
  };
}

function tonesOf(skins: NonNullable<RawEmoji['skins']>): Record<Tone, string> {
  const single = skins.filter(({ tone }) => typeof tone === 'number');
  return Object.fromEntries(single.map(({ emoji, tone }) => [TONES[Number(tone) - 1], emoji])) as Record<Tone, string>;
}

async function read<Data>(url: string): Promise<Data> {
  return (await (await fetch(url)).json()) as Data;
}
