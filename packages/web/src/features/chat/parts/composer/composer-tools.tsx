import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { IconButton } from '../../../../ui/button/button.tsx';
import { EmojiPicker } from '../../../../ui/emoji-picker/emoji-picker.tsx';
import {
  BoldIcon,
  CodeIcon,
  CommandIcon,
  EmojiIcon,
  FormatIcon,
  ItalicIcon,
  ListIcon,
  MentionIcon,
  QuoteIcon,
} from '../../../../ui/icons.ts';
import { MenuIconButton } from '../../../../ui/menu/menu.tsx';
import { AttachButton } from '../../../files/index.ts';
import type { Mark } from '../../model/marks.ts';

/** The buttons below the text. */
export function ComposerTools({
  onMark,
  onInsert,
  onFiles,
}: {
  onMark: (mark: Mark) => void;
  onInsert: (text: string) => void;
  onFiles: (files: File[]) => void;
}) {
  const { t } = useLingui();
  const emoji = useRef<HTMLButtonElement>(null);
  const [picking, setPicking] = useState(false);
  return (
    <>
      <AttachButton compact onFiles={onFiles} />
      <MenuIconButton
        size={28}
        icon={FormatIcon}
        label={t`Formatting`}
        side="top"
        entries={[
          { label: t`Bold`, icon: BoldIcon, keys: 'mod+b', onSelect: () => onMark('bold') },
          { label: t`Italic`, icon: ItalicIcon, keys: 'mod+i', onSelect: () => onMark('italic') },
          { label: t`Code`, icon: CodeIcon, keys: 'mod+e', onSelect: () => onMark('code') },
          { label: t`Quote`, icon: QuoteIcon, onSelect: () => onMark('quote') },
          { label: t`List`, icon: ListIcon, onSelect: () => onMark('list') },
        ]}
      />
      <IconButton
        ref={emoji}
        size={28}
        icon={EmojiIcon}
        label={t`Emoji`}
        aria-expanded={picking}
        onClick={() => setPicking(!picking)}
      />
      <IconButton size={28} icon={MentionIcon} label={t`Mention somebody`} onClick={() => onInsert('@')} />
      <IconButton size={28} icon={CommandIcon} label={t`Commands`} onClick={() => onInsert('/')} />
      <EmojiPicker
        anchor={emoji.current}
        open={picking}
        label={t`Emoji`}
        onClose={() => setPicking(false)}
        onPick={onInsert}
      />
    </>
  );
}
