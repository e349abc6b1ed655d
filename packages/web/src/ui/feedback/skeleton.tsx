import { classes } from '../classes.ts';
import styles from './feedback.module.css';

/** Placeholders with the sizes of the content; shown after 300 ms, so that a fast answer shows none. */
export function Skeleton({ rows = 3, kind = 'row' }: { rows?: number; kind?: 'row' | 'message' | 'card' }) {
  return (
    <div aria-hidden className={styles.skeleton}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the placeholders are identical
        <div key={row} className={classes(styles.shape, styles[`shape-${kind}`])} />
      ))}
    </div>
  );
}
