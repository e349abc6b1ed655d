import type { LiveConversation } from '@atrium/client';
import { Trans } from '@lingui/react/macro';
import { useTitle } from '../hooks.ts';
import styles from './chat.module.css';

/** The beginning of a conversation, above its first message. */
export function Beginning({ conversation }: { conversation: LiveConversation }) {
  const title = useTitle(conversation);
  return (
    <div className={styles.beginning}>
      <p className={styles.beginningTitle}>{conversation.kind === 'channel' ? `# ${title}` : title}</p>
      <p>
        {conversation.kind === 'channel' ? (
          conversation.visibility === 'public' ? (
            <Trans>This is where the channel begins. Everyone in the workspace can join it.</Trans>
          ) : (
            <Trans>This is where the channel begins. Only those who were added see it.</Trans>
          )
        ) : (
          <Trans>This is where your conversation begins. Only its members can see it.</Trans>
        )}
      </p>
    </div>
  );
}
