import { classes } from '../classes.ts';
import styles from './avatar.module.css';

export type PresenceStatus = 'online' | 'away' | 'dnd' | 'offline';

/** A dot for the presence of a user; nothing while they are offline. The status is written elsewhere. */
export function Presence({ status, className }: { status: PresenceStatus; className?: string | undefined }) {
  if (status === 'offline') return null;
  return <span aria-hidden className={classes(styles.presence, styles[status], className)} />;
}
