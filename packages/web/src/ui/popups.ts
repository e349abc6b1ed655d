import { late } from './late.tsx';

/** The components of popups: loaded after the first screen, because together they are as large as the views. */
export const MenuPopup = late(async () => (await import('./menu/menu-popup.tsx')).default);
export const DialogPopup = late(async () => (await import('./dialog/dialog-popup.tsx')).default);
export const PopoverPopup = late(async () => (await import('./popover/popover-popup.tsx')).default);
export const TooltipPopup = late(async () => (await import('./tooltip/tooltip-popup.tsx')).default);
export const ToastRegion = late(async () => (await import('./toast/toast-region.tsx')).default);
export const EmojiGrid = late(async () => (await import('./emoji-picker/emoji-grid.tsx')).default);
export const PaletteList = late(async () => (await import('./palette/palette-list.tsx')).default);
export const PeoplePickerField = late(async () => (await import('./picker/people-picker-field.tsx')).default);

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

/** Loads all of them; called when the first screen is usable and the page is idle. */
export async function preloadPopups(): Promise<void> {
  await Promise.all(ALL.map(({ preload }) => preload()));
}
