import { type ReactNode, useEffect, useRef } from 'react';
import { classes } from '../../../ui/classes.ts';
import { Link } from '../../../ui/link/link.tsx';
import styles from './settings.module.css';

export interface SettingsPart {
  to: string;
  label: string;
}

/** Settings in sections: the list of sections at the side, or at the top of a narrow screen; the open one beside it. */
export function SettingsFrame({
  title,
  parts,
  current,
  wide,
  children,
}: {
  title: string;
  parts: readonly SettingsPart[];
  current: string;
  /** For lists that need more room than there is beside the sections. */
  wide?: boolean;
  children: ReactNode;
}) {
  const nav = useRef<HTMLElement>(null);
  // On a narrow screen the parts are a strip that is longer than it. What I may see may come a moment later.
  const count = parts.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a part more moves the others
  useEffect(() => {
    const here = nav.current?.querySelector(`[href="${current}"]`);
    here?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current, count]);
  return (
    <div className={styles.scroll} data-scrolls>
      <div className={classes(styles.frame, wide && styles.wide)}>
        <nav ref={nav} aria-label={title} className={styles.nav}>
          <p className={styles.navTitle}>{title}</p>
          {parts.map(({ to, label }) => (
            <Link
              key={to}
              to={to}
              className={classes(styles.link, to === current && styles.here)}
              aria-current={to === current ? 'page' : undefined}
            >
              {label}
            </Link>
          ))}
        </nav>
        <div className={styles.content}>{children}</div>
      </div>
    </div>
  );
}

/** The heading of the open section. */
export function SettingsTitle({ children, intro }: { children: string; intro?: ReactNode }) {
  return (
    <header className={styles.head}>
      <h1 tabIndex={-1}>{children}</h1>
      {intro && <p>{intro}</p>}
    </header>
  );
}
