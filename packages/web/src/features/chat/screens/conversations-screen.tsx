import { Trans, useLingui } from '@lingui/react/macro';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { PaneHead } from '../../../ui/layout/pane.tsx';
import { ConversationNav, type ConversationNavProps } from '../parts/sidebar/conversation-nav.tsx';
import styles from './screens.module.css';

/** `/c`: on narrow screens, the list of conversations; otherwise a hint beside that list. */
export function ConversationsScreen(nav: Omit<ConversationNavProps, 'openId'>) {
  const { t } = useLingui();
  return (
    <div className={styles.conversations} data-scrolls>
      <PaneHead title={t`Chat`} />
      <div className={styles.list}>
        <ConversationNav {...nav} openId={undefined} />
      </div>
      <div className={styles.hint}>
        <EmptyState title={t`Choose a conversation`}>
          <Trans>Or write to somebody: press W.</Trans>
        </EmptyState>
      </div>
    </div>
  );
}
