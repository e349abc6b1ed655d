import type { Message } from '@atrium/client';
import { Plural, Trans } from '@lingui/react/macro';
import { useFormats } from '../../../../i18n/formats.ts';
import { useLive } from '../../../../live/use-live.ts';
import { AvatarStack } from '../../../../ui/avatar/avatar-stack.tsx';
import { classes } from '../../../../ui/classes.ts';
import { usePeopleOf } from '../../hooks.ts';
import styles from './message.module.css';

/** The thread of a message: participants, number of replies, time of the last one. */
export function ThreadLine({
  message,
  workspaceId,
  onOpen,
}: {
  message: Message;
  workspaceId: string;
  onOpen: () => void;
}) {
  const { recent } = useFormats();
  const people = usePeopleOf(workspaceId, message.thread?.participants.slice(0, 4) ?? []);
  const unread = useLive(
    ({ conversations }) => conversations[message.conversationId]?.threads[message.id]?.unread ?? 0,
  );
  if (!message.thread || message.thread.replyCount === 0) return null;
  const { lastReplyAt, replyCount } = message.thread;
  const last = recent(lastReplyAt);
  return (
    <button type="button" className={classes(styles.thread, unread > 0 && styles.unread)} onClick={onOpen}>
      <AvatarStack people={people} size="xs" />
      <span className={styles.replies}>
        <Plural value={replyCount} one="# reply" other="# replies" />
      </span>
      <span className={styles.last}>
        {unread > 0 ? <Plural value={unread} one="# new" other="# new" /> : <Trans>last {last}</Trans>}
      </span>
    </button>
  );
}
