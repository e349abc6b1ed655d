import { type ReactNode, useEffect, useRef } from 'react';
import { classes } from '../../../ui/classes.ts';
import { Icon } from '../../../ui/icon/icon.tsx';
import { ProblemIcon } from '../../../ui/icons.ts';
import { CourtyardDrawing } from './courtyard-drawing.tsx';
import styles from './door.module.css';

export interface DoorProps {
  title: string;
  intro?: ReactNode;
  /** Shows the drawing of the courtyard beside it where there is room. */
  withArt?: boolean;
  children?: ReactNode;
  /** Another way to go on, below everything. */
  foot?: ReactNode;
}

/** A page on the way in: one column with one thing to do. Its heading has the focus when it comes. */
export function Door({ title, intro, withArt, children, foot }: DoorProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Atrium`;
    heading.current?.focus();
  }, [title]);
  return (
    <main className={classes(styles.door, withArt && styles.withArt)}>
      <div className={styles.column}>
        <img src="/favicon.svg" alt="" className={styles.sign} />
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h1>
        {intro && <p className={styles.intro}>{intro}</p>}
        {children}
        {foot && <p className={styles.foot}>{foot}</p>}
      </div>
      {withArt && <CourtyardDrawing />}
    </main>
  );
}

/** What is wrong with a form as a whole. */
export function FormProblem({ children }: { children: ReactNode }) {
  return (
    <div role="alert" className={styles.said}>
      {children && (
        <p className={styles.problem}>
          <Icon of={ProblemIcon} small />
          <span>{children}</span>
        </p>
      )}
    </div>
  );
}

/** Something good to know, such as that a mail is on its way. */
export function FormNote({ children }: { children: ReactNode }) {
  return (
    <div role="status" className={styles.said}>
      {children && <p className={styles.note}>{children}</p>}
    </div>
  );
}
