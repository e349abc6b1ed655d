import { Popover } from '../popover/popover.tsx';
import { EmojiGrid } from '../popups.ts';

export interface EmojiPickerProps {
  anchor: HTMLElement | null;
  open: boolean;
  label: string;
  onClose: () => void;
  onPick: (emoji: string) => void;
}

/** A popover to search for and pick an emoji. */
export function EmojiPicker({ onPick, ...popover }: EmojiPickerProps) {
  return (
    <Popover {...popover} side="top" align="end">
      <EmojiGrid
        onPick={(emoji) => {
          onPick(emoji);
          popover.onClose();
        }}
      />
    </Popover>
  );
}
