import styles from './text.module.css';

/** A text with the parts that were found in it marked. Ranges are in UTF-16 units, in order, without overlap. */
export function Highlighted({ text, ranges }: { text: string; ranges: readonly { start: number; end: number }[] }) {
  let at = 0;
  const parts = ranges.flatMap(({ start, end }) => {
    const part = [
      text.slice(at, start),
      <mark key={start} className={styles.found}>
        {text.slice(start, end)}
      </mark>,
    ];
    at = end;
    return part;
  });
  return [...parts, text.slice(at)];
}
