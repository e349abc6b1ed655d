import { type RefObject, useEffect } from 'react';
import { isInPopup } from '../../ui/roving.ts';

/**
 * The keyboard of a side bar that covers the page: it gets the focus, Escape closes it and returns the focus to where
 * it was.
 */
export function useOpenSidebar(sidebar: RefObject<HTMLElement | null>, isOpen: boolean, onClose: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only opening it moves the focus
  useEffect(() => {
    const element = sidebar.current;
    if (!isOpen || !element || getComputedStyle(element).position !== 'fixed') return;
    const opener = document.activeElement;
    const first = [...element.querySelectorAll('button')].find((button) => button.checkVisibility());
    if (!element.contains(opener)) first?.focus({ preventScroll: true });
    const keyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isInPopup(event.target)) return;
      event.preventDefault();
      onClose();
      if (opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    };
    document.addEventListener('keydown', keyDown);
    return () => document.removeEventListener('keydown', keyDown);
  }, [isOpen]);
}
