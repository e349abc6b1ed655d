import { lazy } from 'react';

const load = {
  menu: () => import('./menu/menu-popup.tsx'),
  dialog: () => import('./dialog/dialog-popup.tsx'),
  popover: () => import('./popover/popover-popup.tsx'),
  tooltip: () => import('./tooltip/tooltip-popup.tsx'),
  toasts: () => import('./toast/toast-region.tsx'),
};

/** The parts that draw popups: fetched after the first screen, since together they weigh as much as the views. */
export const MenuPopup = lazy(load.menu);
export const DialogPopup = lazy(load.dialog);
export const PopoverPopup = lazy(load.popover);
export const TooltipPopup = lazy(load.tooltip);
export const ToastRegion = lazy(load.toasts);

/** Fetches them all; called when the first screen is usable and nothing else is to be done. */
export async function preloadPopups(): Promise<void> {
  await Promise.all(Object.values(load).map((part) => part()));
}
