import type { ReactNode } from 'react';
import { classes } from '../classes.ts';
import { Icon } from '../icon/icon.tsx';
import type { IconType } from '../icons.ts';
import styles from './feedback.module.css';

/** A line at the top of a pane about its state: not connected, archived. */
export function Banner({
  tone = 'plain',
  icon,
  action,
  children,
}: {
  tone?: 'plain' | 'amber' | 'leaf' | 'brick' | 'pool';
  icon?: IconType;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={classes(styles.banner, styles[tone])}>
      {icon && <Icon of={icon} small />}
      <span className={styles.words}>{children}</span>
      {action}
    </div>
  );
}
