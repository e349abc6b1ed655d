import { classes } from '../classes.ts';
import styles from './feedback.module.css';

/** Shapes of what is about to come, with its heights; appears after 300 ms, so that a quick answer shows none. */
export function Skeleton({ rows = 3, kind = 'row' }: { rows?: number; kind?: 'row' | 'message' | 'card' }) {
  return (
    <div aria-hidden className={styles.skeleton}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the shapes are all alike
        <div key={row} className={classes(styles.shape, styles[`shape-${kind}`])} />
      ))}
    </div>
  );
}
