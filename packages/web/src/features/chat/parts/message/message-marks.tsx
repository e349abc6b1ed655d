import type { Message } from '@atrium/client';
import { useLingui } from '@lingui/react/macro';
import { useLive } from '../../../../live/use-live.ts';
import { Icon } from '../../../../ui/icon/icon.tsx';
import { BookmarkedIcon, PinIcon } from '../../../../ui/icons.ts';
import styles from './message.module.css';

/** Small icons for a pinned or saved message. */
export function MessageMarks({ message: { conversationId, id } }: { message: Message }) {
  const { t } = useLingui();
  const isPinned = useLive(({ conversations }) => conversations[conversationId]?.pins.includes(id) ?? false);
  const isSaved = useLive(({ conversations }) => conversations[conversationId]?.saved.includes(id) ?? false);
  if (!isPinned && !isSaved) return null;
  return (
    <span className={styles.marks}>
      {isPinned && (
        <span role="img" aria-label={t`Pinned`} data-tip={t`Pinned`}>
          <Icon of={PinIcon} small />
        </span>
      )}
      {isSaved && (
        <span role="img" aria-label={t`Saved`} data-tip={t`Saved`}>
          <Icon of={BookmarkedIcon} small />
        </span>
      )}
    </span>
  );
}
