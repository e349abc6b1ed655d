import type { Message } from '@atrium/client';
import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useFormats } from '../../../../i18n/formats.ts';
import { Highlighted } from '../../../../text/highlighted.tsx';
import { Avatar } from '../../../../ui/avatar/avatar.tsx';
import { Link } from '../../../../ui/link/link.tsx';
import { useConversation, usePerson, useTitle } from '../../hooks.ts';
import { addressOf } from '../../message-commands.ts';
import { summaryOf } from '../../model/summary.ts';
import styles from './card.module.css';

export interface MessageCardProps {
  message: Message;
  /** The excerpt of a search result, with its matches. */
  snippet?: { text: string; highlights: readonly { start: number; end: number }[]; from: number } | undefined;
  /** Shows the conversation too: for lists with messages of several. */
  showsPlace?: boolean;
  action?: ReactNode;
  /** The target of the link; the message itself unless given. */
  to?: string;
  /** Shown after the text. */
  after?: ReactNode;
}

/** A message in a list of found, pinned or saved ones; links to its place. */
export function MessageCard({
  message,
  snippet,
  showsPlace,
  action,
  after,
  to = addressOf(message),
}: MessageCardProps) {
  const { t } = useLingui();
  const { recent } = useFormats();
  const conversation = useConversation(message.conversationId);
  const title = useTitle(conversation);
  const person = usePerson(conversation?.workspaceId ?? '', message.senderId);
  const name = message.via?.name ?? person?.name ?? t`Somebody who left`;
  return (
    <div className={styles.card}>
      <Link to={to} className={styles.link}>
        <Avatar
          id={message.senderId}
          name={name}
          picture={person?.picture}
          size="m"
          kind={message.via || person?.isBot ? 'bot' : person ? 'person' : 'deleted'}
        />
        <span className={styles.words}>
          <span className={styles.head}>
            <bdi className={styles.name}>{name}</bdi>
            {showsPlace && title !== '' && (
              <bdi className={styles.place}>{conversation?.kind === 'channel' ? `# ${title}` : title}</bdi>
            )}
            <time dateTime={message.createdAt} className={styles.time}>
              {recent(message.createdAt)}
            </time>
          </span>
          <span dir="auto" className={styles.text}>
            {snippet ? (
              <>
                {snippet.from > 0 && '… '}
                <Highlighted text={snippet.text} ranges={snippet.highlights} />
              </>
            ) : (
              summaryOf(message)
            )}
          </span>
          {after}
        </span>
      </Link>
      {action}
    </div>
  );
}
