import { useEffect, useRef } from 'react';
import { isInPopup, isTyping } from '../../ui/roving.ts';
import { isSingleKey, meaning, SEQUENCE_MS, written } from './keys.ts';
import { SHORTCUTS, type ShortcutId } from './table.ts';

const ALL = SHORTCUTS.flatMap(({ shortcuts }) => shortcuts);

/** The handler of each shortcut; undefined for one that is not available here. */
export type ShortcutActions = Record<ShortcutId, (() => void) | undefined>;

/** Listens for the shortcuts of the table. Single keys are ignored in a field and in an open popup. */
export function useShortcuts(actions: ShortcutActions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    let before: string | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const forget = () => {
      clearTimeout(timer);
      before = undefined;
    };
    const keyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
      const pressed = written(event);
      if (isSingleKey(pressed) && (isTyping(event.target) || isInPopup(event.target))) return;
      const meant = meaning(ALL, pressed, before);
      forget();
      if (meant === 'more') {
        before = pressed;
        timer = setTimeout(forget, SEQUENCE_MS);
        return;
      }
      const action = meant && latest.current[meant];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', keyDown);
    return () => {
      forget();
      document.removeEventListener('keydown', keyDown);
    };
  }, []);
}
