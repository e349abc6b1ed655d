import type { ReactNode } from 'react';
import styles from './feedback.module.css';

/** A place with nothing in it: a sentence on what belongs here, and one thing to do. */
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
