import type { LiveConversation } from '@atrium/client';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useFormats } from '../../../../i18n/formats.ts';
import { problemText } from '../../../../i18n/problems.ts';
import { client } from '../../../../live/client.ts';
import { useLive } from '../../../../live/use-live.ts';
import { useShowing } from '../../../../live/use-showing.ts';
import { Button, IconButton } from '../../../../ui/button/button.tsx';
import { ErrorState } from '../../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../../ui/feedback/skeleton.tsx';
import { BellIcon, CloseIcon, MutedIcon } from '../../../../ui/icons.ts';
import { PaneHead } from '../../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../../ui/link/link-context.tsx';
import { useMessageCards } from '../../../tasks/index.ts';
import { useMentionLookup, useTimeline, useTitle } from '../../hooks.ts';
import { rowsOf } from '../../model/rows.ts';
import styles from '../chat.module.css';
import { Composer, type ComposerHandle } from '../composer/composer.tsx';
import { ThreadHistory, type ThreadHistoryHandle } from './thread-history.tsx';
import { useThread } from './use-thread.ts';

/** A thread beside its conversation. */
export function ThreadAside({ conversation, threadId }: { conversation: LiveConversation; threadId: string }) {
  const { t } = useLingui();
  const { id, workspaceId } = conversation;
  const navigate = useNavigate();
  const title = useTitle(conversation);
  const { dayKey } = useFormats();
  const myId = useLive(({ me }) => me?.id);
  const mention = useMentionLookup(workspaceId);
  const { pending } = useTimeline(id);
  const { messages, moreBefore, before, following, error, retry, reload } = useThread(id, threadId);
  const cards = useMessageCards(id, messages);
  const list = useRef<ThreadHistoryHandle>(null);
  const composer = useRef<ComposerHandle>(null);
  // My read position when the thread was opened.
  const [readSeq] = useState(() => client.state.conversations[id]?.threads[threadId]?.readSeq);
  const rows = useMemo(
    () =>
      rowsOf({
        messages: messages ?? [],
        pending: pending.filter(({ replyTo }) => replyTo === threadId),
        myId,
        readSeq,
        dayOf: dayKey,
        withoutReplies: false,
      }),
    [messages, pending, threadId, myId, readSeq, dayKey],
  );
  useThreadRead(id, threadId, messages?.at(-1)?.seq);
  useShowing(threadId);
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) composer.current?.focus();
  }, []);
  const close = () => navigate(`/c/${id}`);
  const follow = async () => {
    await client
      .call(following ? 'threads.unfollow' : 'threads.follow', { messageId: threadId })
      .catch(() => undefined);
    await reload();
  };
  const replies = (messages?.length ?? 1) - 1;
  return (
    <>
      <PaneHead
        level={2}
        title={t`Thread`}
        sub={<bdi>{conversation.kind === 'channel' ? `# ${title}` : title}</bdi>}
        back={{ label: t`Back to the conversation`, onPress: close }}
        actions={
          <>
            <IconButton
              icon={following ? BellIcon : MutedIcon}
              label={following ? t`You hear of new replies. Follow no longer` : t`Follow this thread`}
              onClick={() => void follow()}
            />
            <IconButton icon={CloseIcon} label={t`Close the thread`} keys="Escape" onClick={close} />
          </>
        }
      />
      {messages ? (
        <ThreadHistory
          ref={list}
          label={t`Replies`}
          rows={rows}
          workspaceId={workspaceId}
          mention={mention}
          cards={cards}
          above={
            moreBefore && (
              <Button size={28} variant="plain" onClick={() => void before()}>
                <Trans>Earlier replies</Trans>
              </Button>
            )
          }
          divider={<Plural value={replies} _0="No replies yet" one="# reply" other="# replies" />}
          threadId={threadId}
        />
      ) : error ? (
        <ErrorState title={t`The thread could not be loaded`} onRetry={() => void retry()}>
          {problemText(error)}
        </ErrorState>
      ) : (
        <div className={styles.loading}>
          <Skeleton rows={3} kind="message" />
        </div>
      )}
      {conversation.can.send && (
        <Composer
          key={threadId}
          ref={composer}
          conversationId={id}
          threadId={threadId}
          placeholder={t`Reply…`}
          onEditLast={() => list.current?.editLast()}
          onLeave={close}
          onSent={() => list.current?.toEnd()}
        />
      )}
      <p className={styles.typing} />
    </>
  );
}

/** Marks a followed thread as read, while it is visible. */
function useThreadRead(conversationId: string, threadId: string, seq: number | undefined): void {
  const unread = useLive(({ conversations }) => conversations[conversationId]?.threads[threadId]?.unread ?? 0);
  useEffect(() => {
    const read = () => {
      if (seq === undefined || unread === 0 || document.visibilityState === 'hidden') return;
      client.call('threads.read', { messageId: threadId, readSeq: seq }).catch(() => undefined);
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [threadId, seq, unread]);
}
