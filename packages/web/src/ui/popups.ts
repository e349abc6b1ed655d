import { late } from './late.tsx';

/** The parts that draw popups: fetched after the first screen, since together they weigh as much as the views. */
export const MenuPopup = late(() => import('./menu/menu-popup.tsx'));
export const DialogPopup = late(() => import('./dialog/dialog-popup.tsx'));
export const PopoverPopup = late(() => import('./popover/popover-popup.tsx'));
export const TooltipPopup = late(() => import('./tooltip/tooltip-popup.tsx'));
export const ToastRegion = late(() => import('./toast/toast-region.tsx'));
export const EmojiGrid = late(() => import('./emoji-picker/emoji-grid.tsx'));
export const PaletteList = late(() => import('./palette/palette-list.tsx'));
export const PeoplePickerField = late(() => import('./picker/people-picker-field.tsx'));

const ALL = [
  MenuPopup,
  DialogPopup,
  PopoverPopup,
  TooltipPopup,
  ToastRegion,
  EmojiGrid,
  PaletteList,
  PeoplePickerField,
];

/** Fetches them all; called when the first screen is usable and nothing else is to be done. */
export async function preloadPopups(): Promise<void> {
  await Promise.all(ALL.map(({ preload }) => preload()));
}
