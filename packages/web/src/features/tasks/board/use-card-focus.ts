import { type FocusEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { type Columns, type Position, positionOf } from './model.ts';

/** Finds a card of the board. */
export const cardElement = (board: RefObject<HTMLElement | null>, taskId: string): HTMLElement | null =>
  board.current?.querySelector(`[data-card="${taskId}"]`) ?? null;

/**
 * Keeps the focus on the board: it follows a card to another column, and moves to the neighbour of a deleted one. The
 * board is one tab stop.
 */
export function useCardFocus(board: RefObject<HTMLElement | null>, columns: Columns) {
  const [focusedId, setFocusedId] = useState<string>();
  const last = useRef<{ id: string; element: HTMLElement; position: Position | undefined }>(undefined);
  useLayoutEffect(() => {
    const held = last.current;
    if (!held) return;
    const position = positionOf(columns, held.id);
    if (held.element.isConnected) {
      held.position = position ?? held.position;
      return;
    }
    last.current = undefined;
    // The user has moved the focus elsewhere in the meantime: it stays there.
    const { activeElement } = document;
    if (activeElement !== document.body && !activeElement?.closest('[role=menu]')) return;
    const neighbours = held.position ? columns[held.position.status] : [];
    const next = position ? held.id : (neighbours[held.position?.index ?? 0] ?? neighbours.at(-1))?.id;
    if (next !== undefined) cardElement(board, next)?.focus();
  });
  const first = columns.todo[0] ?? columns['in-progress'][0] ?? columns.completed[0];
  const hold = (id: string) => {
    const element = cardElement(board, id);
    last.current = element ? { id, element, position: positionOf(columns, id) } : undefined;
  };
  return {
    /** Makes the focus follow a card that is about to move, although it is in the card's menu now. */
    hold,
    tabStopId: focusedId !== undefined && positionOf(columns, focusedId) ? focusedId : first?.id,
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      const element = target.closest<HTMLElement>('[data-card]');
      const id = element?.dataset.card;
      if (!element || id === undefined) return;
      last.current = { id, element, position: positionOf(columns, id) };
      setFocusedId(id);
    },
    onBlur: () => {
      last.current = undefined;
    },
  };
}
