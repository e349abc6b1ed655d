import { lazy, Suspense } from 'react';
import { Dialog } from '../dialog/dialog.tsx';
import type { PaletteProps } from './palette-entry.ts';

const PaletteList = lazy(() => import('./palette-list.tsx'));

/** A dialog in which everything is found and done by typing. */
export function Palette({ open, onClose, ...list }: PaletteProps & { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title={list.label} hideTitle size="m" place="top">
      <Suspense fallback={null}>
        <PaletteList {...list} />
      </Suspense>
    </Dialog>
  );
}
