import styles from './auth-page.module.css';

/** The drawing of a courtyard from above: stone, light, water, one tree. */
export function CourtyardDrawing() {
  return (
    <svg aria-hidden="true" viewBox="0 0 440 730" className={styles.art} preserveAspectRatio="xMidYMax meet">
      <path className={styles.stone} d="M0 0h440v560H260v170h-80V560H0z" />
      <path className={styles.light} d="M0 0h440L0 390z" />
      <rect className={styles.basin} x="120" y="300" width="200" height="150" rx="6" />
      <rect className={styles.water} x="136" y="316" width="168" height="118" rx="3" />
      <circle className={styles.shade} cx="300" cy="160" r="64" />
      <circle className={styles.tree} cx="290" cy="150" r="40" />
    </svg>
  );
}
