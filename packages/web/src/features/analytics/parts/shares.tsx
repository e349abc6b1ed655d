import type { CSSProperties } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { classes } from '../../../ui/classes.ts';
import { partOf } from '../model.ts';
import styles from './progress.module.css';

const TONES = [styles.tone1, styles.tone2, styles.tone3, styles.tone4, styles.tone5];

/** One of the things that make up a whole. */
export interface Share {
  key: string;
  name: string;
  value: number;
  /** The value as people read it. */
  shown: string;
  /** Of the whole, 0 to 1. */
  part: number;
}

/** What a whole is made up of, the largest first. */
export function Shares({ label, shares }: { label: string; shares: readonly Share[] }) {
  const { percent } = useFormats();
  const most = shares[0]?.value ?? 0;
  return (
    <ul className={styles.categories} aria-label={label}>
      {shares.map(({ key, name, value, shown, part }, at) => (
        <li key={key} className={styles.category}>
          <span className={styles.categoryName} dir="auto">
            {name}
          </span>
          <span className={styles.categoryTrack}>
            <span
              className={classes(styles.categoryBar, TONES[at] ?? styles.tone6)}
              style={{ '--part': partOf(value, most) } as CSSProperties}
            />
          </span>
          <span className={styles.categoryCount}>{shown}</span>
          <span className={styles.categoryPart}>{percent(part)}</span>
        </li>
      ))}
    </ul>
  );
}
