import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import { attachClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge/attach-closest-edge';
import { extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge/extract-closest-edge';
import type { TaskState, TaskStatus } from '@atrium/protocol';
import { type RefObject, useEffect, useRef, useState } from 'react';

/** The data of a dragged card: the card when the drag began. */
const KEY = 'task';
const carried = (data: Record<string | symbol, unknown>) => data[KEY] as TaskState | undefined;

/** Makes a card draggable, and a drop target for others. */
export function useCardDrag(element: RefObject<HTMLElement | null>, task: TaskState) {
  const [isDragging, setDragging] = useState(false);
  const [edge, setEdge] = useState<'top' | 'bottom'>();
  const now = useRef(task);
  now.current = task;
  useEffect(() => {
    if (!element.current) return;
    const leave = () => setEdge(undefined);
    return combine(
      draggable({
        element: element.current,
        canDrag: () => now.current.can.update,
        getInitialData: () => ({ [KEY]: now.current }),
        onDragStart: () => setDragging(true),
        onDrop: () => setDragging(false),
      }),
      dropTargetForElements({
        element: element.current,
        canDrop: ({ source }) => carried(source.data) !== undefined,
        getData: ({ input, element: target }) =>
          attachClosestEdge({ overId: now.current.id }, { input, element: target, allowedEdges: ['top', 'bottom'] }),
        onDrag: ({ self, source }) => {
          const closest = extractClosestEdge(self.data);
          const isOther = carried(source.data)?.id !== now.current.id;
          setEdge(isOther && (closest === 'top' || closest === 'bottom') ? closest : undefined);
        },
        onDragLeave: leave,
        onDrop: leave,
      }),
    );
  }, [element]);
  return { isDragging, edge };
}

/** Makes a column a drop target for its end; it scrolls when a card is held at its edge. */
export function useColumnDrop(element: RefObject<HTMLElement | null>, status: TaskStatus): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    const leave = () => setOver(false);
    return combine(
      dropTargetForElements({
        element: element.current,
        canDrop: ({ source }) => carried(source.data) !== undefined,
        getData: () => ({ status }),
        onDrag: ({ location, self }) => setOver(location.current.dropTargets[0]?.element === self.element),
        onDragLeave: leave,
        onDrop: leave,
      }),
      autoScrollForElements({ element: element.current }),
    );
  }, [element, status]);
  return isOver;
}

/** The place where a card was dropped. */
export interface Drop {
  /** The card when the drag began. */
  task: TaskState;
  status: TaskStatus;
  /** The card under the pointer. */
  taskId: string | undefined;
  edge: string | null;
}

/** Reports where cards are dropped; `scroller` scrolls sideways when a card is held at its edge. */
export function useDrops(scroller: RefObject<HTMLElement | null>, onDrop: (drop: Drop) => void): void {
  const latest = useRef(onDrop);
  latest.current = onDrop;
  useEffect(() => {
    if (!scroller.current) return;
    return combine(
      autoScrollForElements({ element: scroller.current, getAllowedAxis: () => 'horizontal' }),
      monitorForElements({
        canMonitor: ({ source }) => carried(source.data) !== undefined,
        onDrop: ({ location, source }) => {
          const task = carried(source.data);
          const targets = location.current.dropTargets;
          const status = targets.find(({ data }) => data.status !== undefined)?.data.status as TaskStatus | undefined;
          const over = targets.find(({ data }) => data.overId !== undefined)?.data;
          if (!task || !status) return;
          latest.current({
            task,
            status,
            taskId: over?.overId as string | undefined,
            edge: over ? extractClosestEdge(over) : null,
          });
        },
      }),
    );
  }, [scroller]);
}
