import type { ReactNode } from 'react';
import styles from './feedback.module.css';

/** The state of an empty list: a sentence about its purpose, and one action. */
export function EmptyState({
  title,
  isPage,
  children,
  action,
}: {
  title: string;
  /** There is nothing else on the page: the sentence is its heading. */
  isPage?: boolean;
  children?: ReactNode;
  action?: ReactNode;
}) {
  const Title = isPage ? 'h1' : 'p';
  return (
    <div className={styles.state}>
      <Title className={styles.title}>{title}</Title>
      {children && <p className={styles.body}>{children}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
