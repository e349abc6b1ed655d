import { classes } from '../classes.ts';
import type { IconType } from '../icons.ts';
import styles from './icon.module.css';

/** A decorative icon; the text or accessible name is beside it. `small` is for chips and captions. */
export function Icon({ of: Of, small, className }: { of: IconType; small?: boolean; className?: string | undefined }) {
  return <Of aria-hidden className={classes(styles.icon, small && styles.small, className)} strokeWidth={1.75} />;
}
