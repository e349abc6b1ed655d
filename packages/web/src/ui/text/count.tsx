import styles from './text.module.css';

/** A number in a pill: mentions. `label` says what is counted. */
export function Count({ of, label }: { of: number; label: string }) {
  return (
    <span className={styles.count}>
      <span aria-hidden>{of > 99 ? '99+' : of}</span>
      <span className={styles.hidden}>{label}</span>
    </span>
  );
}
