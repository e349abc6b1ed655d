import { type ReactNode, useEffect, useRef } from 'react';
import { classes } from '../../../ui/classes.ts';
import { Icon } from '../../../ui/icon/icon.tsx';
import { ProblemIcon } from '../../../ui/icons.ts';
import styles from './auth-page.module.css';
import { CourtyardDrawing } from './courtyard-drawing.tsx';

export interface AuthPageProps {
  title: string;
  intro?: ReactNode;
  /** Shows the drawing of the courtyard beside it if there is room. */
  withArt?: boolean;
  children?: ReactNode;
  /** Another way to continue, below everything. */
  foot?: ReactNode;
}

/** A page without a session: one column with one task. Its heading gets the focus when it opens. */
export function AuthPage({ title, intro, withArt, children, foot }: AuthPageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Atrium`;
    heading.current?.focus();
  }, [title]);
  return (
    <main className={classes(styles.page, withArt && styles.withArt)}>
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

/** The error of a whole form. */
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

/** A hint, for instance that a mail was sent. */
export function FormNote({ children }: { children: ReactNode }) {
  return (
    <div role="status" className={styles.said}>
      {children && <p className={styles.note}>{children}</p>}
    </div>
  );
}
