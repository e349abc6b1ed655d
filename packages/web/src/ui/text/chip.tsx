import type { ReactNode } from 'react';
import { classes } from '../classes.ts';
import styles from './text.module.css';

export type Tone = 'plain' | 'pool' | 'ember' | 'leaf' | 'amber' | 'brick';

/** A label of an object: its category or its status. */
export function Chip({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={classes(styles.chip, styles[tone])}>{children}</span>;
}
