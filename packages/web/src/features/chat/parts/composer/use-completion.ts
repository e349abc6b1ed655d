import { type KeyboardEvent, useState } from 'react';
import { completionAt } from '../../model/completion.ts';
import { type Choice, useChoices } from './use-choices.ts';

export interface CompletionState {
  choices: Choice[];
  active: number;
  setActive: (index: number) => void;
  /** The position of the choice in the text. */
  range: { from: number; to: number } | undefined;
  /** The choice made by a key; undefined: the key is not for the list. */
  keyDown: (event: KeyboardEvent) => Choice | 'handled' | undefined;
}

/** The completion list at the caret: its entries, the selected one, and the keys that move the selection. */
export function useCompletion(conversationId: string, text: string, caret: number | undefined): CompletionState {
  const found = caret === undefined ? undefined : completionAt(text, caret);
  const key = found && `${found.kind} ${found.from} ${found.query}`;
  const [closed, setClosed] = useState<string>();
  const [marked, setMarked] = useState<{ key: string | undefined; index: number }>({ key: undefined, index: 0 });
  const isClosed = found !== undefined && closed === `${found.kind} ${found.from}`;
  const choices = useChoices(conversationId, isClosed ? undefined : found);
  const active = marked.key === key ? Math.min(marked.index, choices.length - 1) : 0;
  const setActive = (index: number) => setMarked({ key, index: (index + choices.length) % choices.length });

  const keyDown: CompletionState['keyDown'] = (event) => {
    if (choices.length === 0 || !found) return undefined;
    switch (event.key) {
      case 'ArrowDown':
        setActive(active + 1);
        return 'handled';
      case 'ArrowUp':
        setActive(active - 1);
        return 'handled';
      case 'Escape':
        setClosed(`${found.kind} ${found.from}`);
        return 'handled';
      case 'Tab':
        return choices[active];
      case 'Enter':
        // A complete command is run, not completed again.
        return found.kind === 'command' && choices[active]?.insert.trim() === text ? undefined : choices[active];
      default:
        return undefined;
    }
  };
  return { choices, active, setActive, range: found, keyDown };
}
