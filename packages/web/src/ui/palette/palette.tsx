import { Dialog } from '../dialog/dialog.tsx';
import { PaletteList } from '../popups.ts';
import type { PaletteProps } from './palette-entry.ts';

/** A dialog to find items and run commands by typing. */
export function Palette({ open, onClose, ...list }: PaletteProps & { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title={list.label} hideTitle size="m" place="top">
      <PaletteList {...list} />
    </Dialog>
  );
}
