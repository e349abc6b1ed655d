import type { LiveConversation } from '@atrium/client';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { memo } from 'react';
import { Avatar } from '../../../../ui/avatar/avatar.tsx';
import { classes } from '../../../../ui/classes.ts';
import { Icon } from '../../../../ui/icon/icon.tsx';
import { ChannelIcon, EditIcon, PeopleIcon, PrivateIcon, SupportIcon } from '../../../../ui/icons.ts';
import { Link } from '../../../../ui/link/link.tsx';
import { Count } from '../../../../ui/text/count.tsx';
import { Hidden } from '../../../../ui/text/hidden.tsx';
import { usePresence } from '../../../presence/index.ts';
import { useOthers, useTitle } from '../../hooks.ts';
import { isUnread } from '../../model/conversations.ts';
import styles from './sidebar.module.css';

/** A conversation in the sidebar: bold with a dot if it has unread messages, with a number for mentions. */
export const ConversationLink = memo(function ConversationLink({
  conversation,
  isOpen,
}: {
  conversation: LiveConversation;
  isOpen: boolean;
}) {
  const { t } = useLingui();
  const title = useTitle(conversation);
  const { drafts, id, mentions } = conversation;
  const unread = isUnread(conversation);
  const mentioned = mentions.length;
  const draft = !isOpen && (drafts['']?.content ?? '') !== '';
  return (
    <li>
      <Link
        to={`/c/${id}`}
        data-rove
        aria-current={isOpen ? 'page' : undefined}
        className={classes(styles.link, unread && styles.unread, isOpen && styles.open)}
      >
        <Sign conversation={conversation} />
        <span className={styles.title}>
          <bdi>{title}</bdi>
        </span>
        {draft && (
          <span role="img" aria-label={t`Draft`} data-tip={t`Draft`} className={styles.draft}>
            <Icon of={EditIcon} small />
          </span>
        )}
        {mentioned > 0 ? (
          <Count of={mentioned} label={plural(mentioned, { one: '# mention', other: '# mentions' })} />
        ) : (
          unread && (
            <span className={styles.dot}>
              <Hidden>{t`unread`}</Hidden>
            </span>
          )
        )}
      </Link>
    </li>
  );
});

const ICONS = { group: PeopleIcon, support: SupportIcon };

/** The icon before the name: the other member's avatar, or the kind. */
function Sign({ conversation }: { conversation: LiveConversation }) {
  const { kind, visibility } = conversation;
  const [other] = useOthers(kind === 'direct' ? conversation : undefined);
  const status = usePresence(kind === 'direct' ? other?.id : undefined);
  if (kind === 'direct') {
    return other ? (
      <Avatar {...other} size="s" kind={other.isBot ? 'bot' : 'person'} status={status} />
    ) : (
      <Avatar id="" name="" size="s" kind="deleted" />
    );
  }
  const icon = kind === 'channel' ? (visibility === 'private' ? PrivateIcon : ChannelIcon) : ICONS[kind];
  return (
    <span className={styles.sign}>
      <Icon of={icon} small />
    </span>
  );
}
