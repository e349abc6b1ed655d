import type { ReactNode } from 'react';
import styles from './files.module.css';

/** Files below each other; nothing where there is none. */
export function FileList({ label, children }: { label: string; children: readonly ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <ul aria-label={label} className={styles.list}>
      {children}
    </ul>
  );
}
