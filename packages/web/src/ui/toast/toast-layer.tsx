import { useEffect, useState } from 'react';
import { ToastRegion } from '../popups.ts';
import { onFirstToast } from './toasts.ts';

/** The place of toasts; loads their component with the first one. */
export function ToastLayer() {
  const [needed, setNeeded] = useState(false);
  useEffect(() => onFirstToast(() => setNeeded(true)), []);
  return needed && <ToastRegion />;
}
