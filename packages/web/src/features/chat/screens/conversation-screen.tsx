import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useLive } from '../../../live/use-live.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { late } from '../../../ui/late.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { useConversation } from '../hooks.ts';
import type { AboutPart } from '../parts/about/about-aside.tsx';
import styles from '../parts/chat.module.css';
import { ConversationHead } from '../parts/conversation-head.tsx';
import { ConversationPane } from '../parts/conversation-pane.tsx';
import { usePreview } from '../parts/use-preview.ts';

// Opened by a click; the conversation itself does not wait for them.
const ThreadAside = late(async () => (await import('../parts/thread/thread-aside.tsx')).ThreadAside);
const AboutAside = late(async () => (await import('../parts/about/about-aside.tsx')).AboutAside);

export interface ConversationScreenProps {
  conversationId: string;
  /** The position of a message to show. */
  at?: number | undefined;
  /** A thread beside it. */
  threadId?: string | undefined;
  /** Its details, beside it. */
  about?: AboutPart | undefined;
}

/** `/c/:conversationId`, with a thread or its details beside it. */
export function ConversationScreen({ conversationId, at, threadId, about }: ConversationScreenProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const mine = useConversation(conversationId);
  const isReady = useLive(({ me }) => me !== null);
  const preview = usePreview(conversationId, isReady && !mine);
  const conversation = mine ?? preview.conversation;
  if (!conversation) return isReady && preview.isGone ? <Gone /> : null;
  const aside: ReactNode =
    threadId !== undefined ? (
      <ThreadAside key={threadId} conversation={conversation} threadId={threadId} />
    ) : about !== undefined ? (
      <AboutAside conversation={conversation} part={about} />
    ) : undefined;
  return (
    <div className={styles.layout}>
      <div className={styles.columns}>
        <div className={styles.column}>
          <ConversationHead conversation={conversation} aboutOpen={about !== undefined} />
          <ConversationPane
            key={conversationId}
            conversation={conversation}
            at={threadId === undefined ? at : undefined}
          />
        </div>
        {aside && (
          <>
            <div className={styles.scrim} onPointerDown={() => navigate(`/c/${conversationId}`)} />
            <aside className={styles.aside} aria-label={threadId === undefined ? t`About` : t`Thread`}>
              {aside}
            </aside>
          </>
        )}
      </div>
    </div>
  );
}

function Gone() {
  const { t } = useLingui();
  return (
    <EmptyState
      title={t`Not here`}
      action={
        <Link to="/">
          <Trans>To the start</Trans>
        </Link>
      }
    >
      <Trans>This conversation is gone, or it is not yours to see.</Trans>
    </EmptyState>
  );
}
