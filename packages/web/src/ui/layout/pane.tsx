import type { ReactNode } from 'react';
import { IconButton } from '../button/button.tsx';
import { classes } from '../classes.ts';
import { BackIcon } from '../icons.ts';
import styles from './layout.module.css';

export interface PaneHeadProps {
  /** The heading: `h1` of a screen, `h2` of an aside. */
  title: ReactNode;
  level?: 1 | 2;
  sub?: ReactNode;
  actions?: ReactNode;
  /** Goes up; shown on screens with a single pane. */
  back?: { label: string; onPress: () => void };
}

/** The header of a pane, with a fixed height. */
export function PaneHead({ title, level = 1, sub, actions, back }: PaneHeadProps) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <header className={styles.head}>
      {back && <IconButton icon={BackIcon} label={back.label} onClick={back.onPress} className={styles.back} />}
      <Heading className={styles.heading} tabIndex={level === 1 ? -1 : undefined}>
        {title}
      </Heading>
      <div className={styles.sub}>{sub}</div>
      <div className={styles.actions}>{actions}</div>
    </header>
  );
}

/** A page with a column for reading. */
export function Page({
  title,
  intro,
  actions,
  wide,
  children,
}: {
  title: ReactNode;
  intro?: ReactNode;
  actions?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={styles.scroll} data-scrolls>
      <div className={classes(styles.page, wide && styles.wide)}>
        <div className={styles.pageHead}>
          <h1 className={styles.pageTitle} tabIndex={-1}>
            {title}
          </h1>
          {actions}
        </div>
        {intro && <p className={styles.intro}>{intro}</p>}
        {children}
      </div>
    </div>
  );
}

/** A section of a page or an aside with a small heading. */
export function Section({ title, action, children }: { title: ReactNode; action?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2 className={styles.sectionHead}>
        <span>{title}</span>
        {action}
      </h2>
      {children}
    </section>
  );
}

/** Rows separated by thin lines. */
export function List({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className={styles.list}>
      {children}
    </ul>
  );
}

/**
 * A row for an object: its name, and at the end its details and actions. `sub` takes as many lines as it needs; within a
 * `bdi` it is shortened to one.
 */
export function Row({
  start,
  end,
  sub,
  children,
}: {
  start?: ReactNode;
  end?: ReactNode;
  sub?: ReactNode;
  children: ReactNode;
}) {
  return (
    <li className={styles.row}>
      {start}
      <span className={styles.rowWords}>
        <span className={styles.rowTitle}>{children}</span>
        {sub && <span className={styles.rowSub}>{sub}</span>}
      </span>
      {end && <span className={styles.rowEnd}>{end}</span>}
    </li>
  );
}
