import type { ReactNode } from 'react';
import styles from './progress.module.css';

/** A chart with the figure that it is about. */
export function ChartCard({
  title,
  figure,
  hint,
  children,
}: {
  title: string;
  figure: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
}) {
  return (
    <figure className={styles.card}>
      <figcaption className={styles.cardTitle}>{title}</figcaption>
      <p className={styles.figure}>{figure}</p>
      {hint && <p className={styles.hint}>{hint}</p>}
      {children}
    </figure>
  );
}
