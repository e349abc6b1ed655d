import { useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { Icon } from '../../../ui/icon/icon.tsx';
import { ChannelIcon } from '../../../ui/icons.ts';
import { Link } from '../../../ui/link/link.tsx';
import { usePeople } from '../hooks.ts';
import type { Waiting } from '../model.ts';
import styles from './today.module.css';

/** Conversations in which something waits, each with its latest words. */
export function WaitingList({ waiting }: { waiting: readonly Waiting[] }) {
  const { t } = useLingui();
  const { recent } = useFormats();
  const people = usePeople();
  return (
    <ul aria-label={t`Waiting for you`}>
      {waiting.map(({ conversation, mentions }) => {
        const { id, lastMessage, kind } = conversation;
        const sender = lastMessage?.senderId ? people(conversation.workspaceId, lastMessage.senderId) : undefined;
        const name = kind === 'direct' ? (sender ?? t`Direct message`) : `#${conversation.name ?? ''}`;
        return (
          <li key={id}>
            <Link to={`/c/${id}`} className={styles.row}>
              {kind === 'direct' ? (
                <Avatar id={lastMessage?.senderId ?? id} name={name} size="s" />
              ) : (
                <span className={styles.sign}>
                  <Icon of={ChannelIcon} />
                </span>
              )}
              <strong dir="auto">{name}</strong>
              <span className={styles.text} dir="auto">
                {mentions > 0 ? t`${sender ?? ''} mentioned you: ${lastMessage?.content ?? ''}` : lastMessage?.content}
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
