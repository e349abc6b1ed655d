import { useEffect, useState } from 'react';
import { TooltipPopup } from '../popups.ts';

/** How long the pointer must rest before the first tooltip, in milliseconds; the next ones are shown immediately. */
const DELAY = 600;
const IN_A_ROW = 400;

/**
 * The only tooltip of the page: shows the `data-tip` of the element under the pointer or with keyboard focus.
 * Escape and any click close it.
 */
export function TooltipLayer() {
  const [anchor, setAnchor] = useState<HTMLElement>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shown: HTMLElement | undefined;
    let closedAt = Number.NEGATIVE_INFINITY;
    const show = (element: HTMLElement | undefined) => {
      clearTimeout(timer);
      if (shown && !element) closedAt = performance.now();
      shown = element;
      setAnchor(element);
    };
    const over = ({ target, pointerType }: PointerEvent) => {
      const element = tipped(target);
      if (pointerType === 'touch' || element === shown) return;
      const isInARow = shown !== undefined || performance.now() - closedAt < IN_A_ROW;
      show(undefined);
      if (element) timer = setTimeout(() => show(element), isInARow ? 0 : DELAY);
    };
    const focused = ({ target }: FocusEvent) => {
      const element = tipped(target);
      show(element?.matches(':focus-visible') ? element : undefined);
    };
    const close = () => show(undefined);
    const key = ({ key: name }: KeyboardEvent) => name === 'Escape' && close();
    const listening = new AbortController();
    const options = { capture: true, passive: true, signal: listening.signal };
    document.addEventListener('pointerover', over, options);
    document.addEventListener('focusin', focused, options);
    document.addEventListener('focusout', close, options);
    document.addEventListener('pointerdown', close, options);
    document.addEventListener('scroll', close, options);
    document.addEventListener('keydown', key, options);
    return () => {
      clearTimeout(timer);
      listening.abort();
    };
  }, []);
  const text = anchor?.isConnected ? anchor.dataset.tip : undefined;
  return anchor && text ? <TooltipPopup anchor={anchor} text={text} keys={anchor.dataset.tipKeys} /> : null;
}

function tipped(target: EventTarget | null): HTMLElement | undefined {
  return (target instanceof Element && target.closest<HTMLElement>('[data-tip]')) || undefined;
}
