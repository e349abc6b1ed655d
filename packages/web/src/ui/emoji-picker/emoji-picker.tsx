import { lazy, Suspense } from 'react';
import { Popover } from '../popover/popover.tsx';

const Grid = lazy(() => import('./emoji-grid.tsx'));

export interface EmojiPickerProps {
  anchor: HTMLElement | null;
  open: boolean;
  label: string;
  onClose: () => void;
  onPick: (emoji: string) => void;
}

/** All emoji, to be searched and picked beside an element. */
export function EmojiPicker({ onPick, ...popover }: EmojiPickerProps) {
  return (
    <Popover {...popover} side="top" align="end">
      <Suspense fallback={null}>
        <Grid
          onPick={(emoji) => {
            onPick(emoji);
            popover.onClose();
          }}
        />
      </Suspense>
    </Popover>
  );
}
