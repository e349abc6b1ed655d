/** Emoji circles and their RGB values. */
const CIRCLES: readonly { circle: string; rgb: readonly [number, number, number] }[] = [
  { circle: '🔴', rgb: [221, 46, 68] },
  { circle: '🟠', rgb: [244, 144, 12] },
  { circle: '🟡', rgb: [253, 203, 88] },
  { circle: '🟢', rgb: [46, 182, 125] },
  { circle: '🔵', rgb: [54, 130, 220] },
  { circle: '🟣', rgb: [140, 70, 180] },
  { circle: '🟤', rgb: [140, 80, 50] },
  { circle: '⚫', rgb: [40, 40, 40] },
  { circle: '⚪', rgb: [230, 230, 230] },
];
const NAMED: Readonly<Record<string, string>> = { good: '🟢', warning: '🟡', danger: '🔴' };

/** The circle nearest to a colour, since messages are text; '' for an invalid colour. */
export function circleOf(colour: string | undefined): string {
  if (colour === undefined) return '';
  const hex = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (hex === null) return NAMED[colour] ?? '';
  const wanted = hex.slice(1).map((part) => Number.parseInt(part, 16));
  const distance = (rgb: readonly number[]) => rgb.reduce((sum, part, at) => sum + (part - (wanted[at] ?? 0)) ** 2, 0);
  return CIRCLES.toSorted((one, other) => distance(one.rgb) - distance(other.rgb))[0]?.circle ?? '';
}
