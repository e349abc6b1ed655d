import { classes } from '../classes.ts';
import styles from './text.module.css';

/** A number in a pill: mentions, or quietly what is unread. `label` says what is counted. */
export function Count({ of, label, isQuiet }: { of: number; label: string; isQuiet?: boolean }) {
  return (
    <span className={classes(styles.count, isQuiet && styles.quiet)}>
      <span aria-hidden>{of > 99 ? '99+' : of}</span>
      <span className={styles.hidden}>{label}</span>
    </span>
  );
}
