import type { Message } from '@atrium/client';
import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { useLive } from '../../../../live/use-live.ts';
import { IconButton } from '../../../../ui/button/button.tsx';
import { EmojiPicker } from '../../../../ui/emoji-picker/emoji-picker.tsx';
import { BookmarkIcon, MoreIcon, ReactIcon, ThreadIcon } from '../../../../ui/icons.ts';
import { Menu } from '../../../../ui/menu/menu.tsx';
import { react, save } from '../../message-commands.ts';
import styles from './message.module.css';
import { useMessageMenu } from './use-message-menu.ts';

export type OpenPart = 'menu' | 'emoji' | undefined;

export interface MessageActionsProps {
  message: Message;
  /** The open popup, if any; controlled from outside, because keys open it too. */
  open: OpenPart;
  onOpen: (part: OpenPart) => void;
  onEdit: () => void;
  onThread: (() => void) | undefined;
  onHistory: () => void;
}

/** The buttons of the hovered or focused message. */
export function MessageActions({ message, open, onOpen, onEdit, onThread, onHistory }: MessageActionsProps) {
  const { t } = useLingui();
  const [bar, setBar] = useState<HTMLElement | null>(null);
  const emoji = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLButtonElement>(null);
  const isSaved = useLive(
    ({ conversations }) => conversations[message.conversationId]?.saved.includes(message.id) ?? false,
  );
  const entries = useMessageMenu({ message, onEdit, onThread, onHistory });
  return (
    <div ref={setBar} role="toolbar" aria-label={t`Actions`} className={styles.actions}>
      <IconButton
        ref={emoji}
        size={28}
        icon={ReactIcon}
        label={t`React`}
        keys="r"
        aria-expanded={open === 'emoji'}
        onClick={() => onOpen(open === 'emoji' ? undefined : 'emoji')}
      />
      {onThread && <IconButton size={28} icon={ThreadIcon} label={t`Reply in thread`} keys="t" onClick={onThread} />}
      <IconButton
        size={28}
        icon={BookmarkIcon}
        label={isSaved ? t`Saved` : t`Save`}
        keys="s"
        pressed={isSaved}
        onClick={() => void save(message, !isSaved)}
      />
      <IconButton
        ref={menu}
        size={28}
        icon={MoreIcon}
        label={t`More`}
        aria-haspopup="menu"
        aria-expanded={open === 'menu'}
        onClick={() => onOpen(open === 'menu' ? undefined : 'menu')}
      />
      <Menu
        anchor={bar && menu.current}
        returnFocus={bar?.closest('article') ?? null}
        open={open === 'menu'}
        onClose={() => onOpen(undefined)}
        label={t`Message`}
        entries={entries}
        align="end"
      />
      <EmojiPicker
        anchor={bar && emoji.current}
        open={open === 'emoji'}
        label={t`React`}
        onClose={() => onOpen(undefined)}
        onPick={(picked) => void react(message, picked, true)}
      />
    </div>
  );
}
