import { classes } from '../classes.ts';
import styles from './avatar.module.css';

export type PresenceStatus = 'online' | 'away' | 'dnd' | 'offline';

/** A dot for whether somebody is here; nothing while they are not. A word for it stands elsewhere. */
export function Presence({ status, className }: { status: PresenceStatus; className?: string | undefined }) {
  if (status === 'offline') return null;
  return <span aria-hidden className={classes(styles.presence, styles[status], className)} />;
}
