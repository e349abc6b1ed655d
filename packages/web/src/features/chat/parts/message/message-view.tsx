import type { Message } from '@atrium/client';
import type { TaskCard } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { memo, type ReactNode } from 'react';
import { useFormats } from '../../../../i18n/formats.ts';
import type { MentionLookup } from '../../../../text/message-text.tsx';
import { MessageText } from '../../../../text/message-text.tsx';
import { Avatar } from '../../../../ui/avatar/avatar.tsx';
import { classes } from '../../../../ui/classes.ts';
import { Chip } from '../../../../ui/text/chip.tsx';
import { MessageFiles } from '../../../files/index.ts';
import { TaskChips } from '../../../tasks/index.ts';
import { usePerson } from '../../hooks.ts';
import { useIsDeleting } from '../../message-commands.ts';
import { EditForm } from './late-parts.ts';
import styles from './message.module.css';
import { MessageMarks } from './message-marks.tsx';
import { ReactionList } from './reaction-list.tsx';
import { ThreadLine } from './thread-line.tsx';

export interface MessageViewProps {
  message: Message;
  workspaceId: string;
  joined: boolean;
  mention: MentionLookup;
  /** Its tasks. */
  cards: readonly TaskCard[] | undefined;
  editing: boolean;
  onEdited: () => void;
  /** Opens the thread; undefined inside one. */
  onThread: ((message: Message) => void) | undefined;
  /** The buttons, while it is hovered or focused. */
  actions?: ReactNode;
  /** The users who have read up to it. */
  seen?: ReactNode;
}

/** A sent message. */
export const MessageView = memo(function MessageView({
  message,
  workspaceId,
  joined,
  mention,
  cards,
  editing,
  onEdited,
  onThread,
  actions,
  seen,
}: MessageViewProps) {
  const isDeleting = useIsDeleting(message.id);
  const author = useAuthor(message, workspaceId);
  const { time } = useFormats();
  if (message.type === 'system') return <p className={styles.system}>{message.content}</p>;
  if (message.deletedAt || isDeleting) return <Deleted joined={joined} />;
  return (
    <div className={classes(styles.message, joined && styles.joined)}>
      <Side {...author} joined={joined} when={message.createdAt} />
      <div className={styles.main}>
        {!joined && (
          <div className={styles.head}>
            <bdi className={styles.name}>{author.name}</bdi>
            {author.kind === 'bot' && (
              <Chip>
                <Trans>App</Trans>
              </Chip>
            )}
            <time className={styles.time} dateTime={message.createdAt}>
              {time(message.createdAt)}
            </time>
            <MessageMarks message={message} />
          </div>
        )}
        {editing ? (
          <EditForm message={message} onDone={onEdited} />
        ) : (
          <MessageText
            content={message.content}
            mention={mention}
            after={message.editedAt && <Edited at={message.editedAt} />}
          />
        )}
        {message.attachments && <MessageFiles files={message.attachments} />}
        <TaskChips cards={cards} />
        <ReactionList message={message} workspaceId={workspaceId} />
        {message.thread && onThread && (
          <ThreadLine message={message} workspaceId={workspaceId} onOpen={() => onThread(message)} />
        )}
      </div>
      {joined && <MessageMarks message={message} />}
      {seen}
      {actions}
    </div>
  );
});

interface Author {
  id: string;
  name: string;
  picture: string | null;
  kind: 'person' | 'bot' | 'deleted';
  emoji?: string | undefined;
}

/** The sender: a person, a bot, or a webhook with the name it gives itself. */
function useAuthor({ senderId, via }: Message, workspaceId: string): Author {
  const { t } = useLingui();
  const person = usePerson(workspaceId, senderId);
  if (via) return { id: via.webhookId, name: via.name, picture: null, kind: 'bot' };
  if (!person) return { id: senderId, name: t`Somebody who left`, picture: null, kind: 'deleted' };
  return { id: person.id, name: person.name, picture: person.picture, kind: person.isBot ? 'bot' : 'person' };
}

function Side({ joined, when, ...author }: Author & { joined: boolean; when: string }) {
  const { time } = useFormats();
  if (!joined) return <Avatar {...author} />;
  return (
    <time className={styles.sideTime} dateTime={when}>
      {time(when)}
    </time>
  );
}

function Edited({ at }: { at: string }) {
  const { full } = useFormats();
  return (
    <time className={styles.edited} dateTime={at} data-tip={full(at)}>
      {' '}
      <Trans>edited</Trans>
    </time>
  );
}

function Deleted({ joined }: { joined: boolean }) {
  return (
    <div className={classes(styles.message, joined && styles.joined)}>
      <span />
      <p className={styles.deleted}>
        <Trans>This message was deleted.</Trans>
      </p>
    </div>
  );
}
