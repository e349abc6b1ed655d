import { useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { useLive } from '../../../live/use-live.ts';
import { plainText } from '../../../text/plain-text.ts';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { Icon } from '../../../ui/icon/icon.tsx';
import { ChannelIcon, PeopleIcon, SupportIcon } from '../../../ui/icons.ts';
import { Link } from '../../../ui/link/link.tsx';
import { titleOf } from '../../chat/index.ts';
import { usePeople } from '../hooks.ts';
import type { Waiting } from '../model.ts';
import styles from './today.module.css';

const ICONS = { channel: ChannelIcon, group: PeopleIcon, support: SupportIcon };

/** Conversations in which something waits, each with its latest words. */
export function WaitingList({ waiting }: { waiting: readonly Waiting[] }) {
  const { t } = useLingui();
  const { recent } = useFormats();
  const people = usePeople();
  const known = useLive(
    ({ workspaces, me, people: gone }) => ({ workspaces, me, people: gone }),
    (one, other) => one.workspaces === other.workspaces && one.me === other.me && one.people === other.people,
  );
  return (
    <ul aria-label={t`Waiting for you`}>
      {waiting.map(({ conversation }) => {
        const { id, lastMessage, kind } = conversation;
        const author = lastMessage?.senderId ? people(conversation.workspaceId, lastMessage.senderId) : undefined;
        const sender = author?.name;
        const title = titleOf(known, conversation, kind === 'support' ? t`Support case` : t`Direct message`);
        const name = kind === 'channel' ? `#${title}` : title;
        const text = plainText(lastMessage?.content ?? '');
        const mentionsMe = lastMessage != null && conversation.mentions.includes(lastMessage.seq);
        return (
          <li key={id}>
            <Link to={`/c/${id}`} className={styles.row}>
              {kind === 'direct' ? (
                <Avatar id={lastMessage?.senderId ?? id} name={name} picture={author?.avatar} size="s" />
              ) : (
                <span className={styles.sign}>
                  <Icon of={ICONS[kind]} />
                </span>
              )}
              <strong dir="auto">{name}</strong>
              <span className={styles.text} dir="auto">
                {mentionsMe && t`${sender ?? ''} mentioned you: ${text}`}
                {!mentionsMe && (kind === 'direct' || sender === undefined ? text : t`${sender}: ${text}`)}
              </span>
              <time className={styles.time} dateTime={lastMessage?.createdAt}>
                {lastMessage && recent(lastMessage.createdAt)}
              </time>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
