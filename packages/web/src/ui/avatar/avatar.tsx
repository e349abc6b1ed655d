import { useState } from 'react';
import { classes } from '../classes.ts';
import { Icon } from '../icon/icon.tsx';
import { BotIcon, PersonIcon } from '../icons.ts';
import styles from './avatar.module.css';
import { groundOf, initialsOf, isWide } from './avatar-model.ts';
import { Presence, type PresenceStatus } from './presence.tsx';

export interface AvatarProps {
  id: string;
  name: string;
  /** A URL on this server; pictures of other hosts are not loaded. */
  picture?: string | null | undefined;
  size?: 'xs' | 's' | 'm' | 'l' | 'xl';
  /** People are round; bots, webhooks and workspaces are square. */
  kind?: 'person' | 'bot' | 'workspace' | 'deleted';
  /** Shown instead of initials, for webhooks. */
  emoji?: string | undefined;
  status?: PresenceStatus | undefined;
}

/** A picture, or the initials of a name. Decorative: the name is shown beside it. */
export function Avatar({ id, name, picture, size = 'l', kind = 'person', emoji, status }: AvatarProps) {
  return (
    <span aria-hidden className={classes(styles.avatar, styles[size])}>
      <span
        className={classes(
          styles.face,
          styles[kind],
          kind !== 'deleted' && kind !== 'workspace' && styles[`ground${groundOf(id)}`],
        )}
      >
        <Face {...{ name, picture, size, kind, emoji }} />
      </span>
      {status && <Presence status={status} className={styles.status} />}
    </span>
  );
}

function Face({ name, picture, size, kind, emoji }: Pick<AvatarProps, 'name' | 'picture' | 'size' | 'kind' | 'emoji'>) {
  const [broken, setBroken] = useState<string>();
  if (picture?.startsWith('/') && picture !== broken) {
    return (
      <img
        src={picture}
        alt=""
        loading="lazy"
        decoding="async"
        className={styles.picture}
        // Removed, or not for this reader: then it is as if there were none.
        onError={() => setBroken(picture)}
      />
    );
  }
  if (emoji) return <span>{emoji}</span>;
  const initials = initialsOf(name);
  if (kind === 'deleted' || (initials === '' && kind === 'person'))
    return <Icon of={PersonIcon} small={size !== 'xl'} />;
  if (initials === '') return <Icon of={BotIcon} small={size !== 'xl'} />;
  const short = size === 'xs' || kind === 'workspace' || (size === 's' && isWide(initials));
  // Drawn by the style sheet: the name is shown beside it, and initials should be neither read out nor copied.
  return <span className={styles.initials} data-initials={short ? [...initials][0] : initials} />;
}
