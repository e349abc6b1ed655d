import type { LiveConversation, Message } from '@atrium/client';
import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { useLive } from '../../../live/use-live.ts';
import { useShowing } from '../../../live/use-showing.ts';
import { Banner } from '../../../ui/feedback/banner.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { PrivateIcon } from '../../../ui/icons.ts';
import { late } from '../../../ui/late.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { useMessageCards } from '../../tasks/index.ts';
import { useMentionLookup, useTimeline, useTitle } from '../hooks.ts';
import { rowsOf } from '../model/rows.ts';
import styles from './chat.module.css';
import { Composer, type ComposerHandle } from './composer/composer.tsx';
import { History, type HistoryHandle } from './history/history.tsx';
import { useLoading } from './history/use-loading.ts';
import { useMarkRead, useOpenedAt } from './history/use-read-mark.ts';
import { TypingLine } from './typing-line.tsx';

// Above the first message, which is rarely on the first screen; it has its room.
const Beginning = late(async () => (await import('./beginning.tsx')).Beginning);
// Only for non-members.
const JoinBar = late(async () => (await import('./join-bar.tsx')).JoinBar);

/** Reads and writes one conversation. */
export function ConversationPane({ conversation, at }: { conversation: LiveConversation; at: number | undefined }) {
  const { t } = useLingui();
  const { id, workspaceId } = conversation;
  const navigate = useNavigate();
  const { dayKey } = useFormats();
  const myId = useLive(({ me }) => me?.id);
  const isMember = useLive(({ conversations }) => conversations[id] !== undefined);
  const title = useTitle(conversation);
  const { window, pending } = useTimeline(id);
  const { error, more, newest, retry } = useLoading(id, at);
  const { readSeq, reset } = useOpenedAt(id);
  const mention = useMentionLookup(workspaceId);
  const cards = useMessageCards(id, window?.items);
  const history = useRef<HistoryHandle>(null);
  const composer = useRef<ComposerHandle>(null);
  const [seen, setSeen] = useState<number>();

  const rows = useMemo(
    () =>
      rowsOf({
        messages: window?.items ?? [],
        pending: pending.filter(({ replyTo }) => replyTo === undefined),
        myId,
        readSeq,
        dayOf: dayKey,
        withoutReplies: true,
      }),
    [window, pending, myId, readSeq, dayKey],
  );
  // At the end everything is read, including replies, which are not among the rows.
  const newestSeq = window?.items.at(-1)?.seq;
  const onSeen = useCallback(
    (seq: number, isAtEnd: boolean) => setSeen(isAtEnd ? (newestSeq ?? seq) : seq),
    [newestSeq],
  );
  useMarkRead(id, isMember ? seen : undefined);
  useShowing(id);
  const onThread = useCallback((message: Message) => navigate(`/c/${id}/t/${message.id}`), [navigate, id]);
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) composer.current?.focus();
  }, []);

  const name = conversation.kind === 'channel' ? `#${title}` : title;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape works everywhere inside
    <div
      className={styles.pane}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        reset();
        history.current?.toEnd();
      }}
    >
      {window ? (
        <History
          ref={history}
          label={t`Messages in ${name}`}
          rows={rows}
          workspaceId={workspaceId}
          mention={mention}
          cards={cards}
          moreBefore={window.moreBefore}
          moreAfter={window.moreAfter}
          onMore={more}
          onNewest={newest}
          at={at}
          beginning={<Beginning conversation={conversation} />}
          onThread={onThread}
          onSeen={onSeen}
        />
      ) : error ? (
        <ErrorState title={t`The messages could not be loaded`} onRetry={() => void retry()}>
          {problemText(error)}
        </ErrorState>
      ) : (
        <div className={styles.loading}>
          <Skeleton rows={6} kind="message" />
        </div>
      )}
      {conversation.archivedAt ? (
        <Banner icon={PrivateIcon}>
          {conversation.kind === 'direct' ? (
            <Trans>Nobody else is here any more: it can be read, not written in.</Trans>
          ) : (
            <Trans>Archived: it can be read, not written in.</Trans>
          )}
        </Banner>
      ) : conversation.can.send ? (
        <Composer
          ref={composer}
          conversationId={id}
          placeholder={t`Message ${name}`}
          onEditLast={() => history.current?.editLast()}
          onLeave={() => history.current?.focus()}
          onSent={() => history.current?.toEnd()}
        />
      ) : (
        <JoinBar conversation={conversation} />
      )}
      <TypingLine conversationId={id} workspaceId={workspaceId} />
    </div>
  );
}
