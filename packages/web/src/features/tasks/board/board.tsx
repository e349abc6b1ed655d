import type { TaskState, TaskStatus } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, useRef } from 'react';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import type { MenuEntry } from '../../../ui/menu/menu-entry.ts';
import { QuickAdd } from '../parts/quick-add.tsx';
import styles from './board.module.css';
import { BoardColumn } from './board-column.tsx';
import { boardKey, cardBeside } from './board-keys.ts';
import { BoardTabs } from './board-tabs.tsx';
import { announceDragEnd, moveTask } from './commands.ts';
import { useColumnNames } from './hooks.ts';
import {
  COLUMNS,
  type Columns,
  type Direction,
  dropPosition,
  moveTo,
  type Position,
  positionOf,
  stepFrom,
} from './model.ts';
import { TaskCard } from './task-card.tsx';
import { useDrops } from './use-card-drag.ts';
import { cardElement, useCardFocus } from './use-card-focus.ts';

export interface BoardProps {
  workspaceId: string;
  columns: Columns;
  /** Columns with more tasks than are shown. */
  cut: ReadonlySet<TaskStatus>;
}

/** Tasks in columns by status. Cards can be moved by dragging, by keys and by their menu. */
export function Board({ workspaceId, columns, cut }: BoardProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const names = useColumnNames();
  const board = useRef<HTMLDivElement>(null);
  const { hold, tabStopId, ...focus } = useCardFocus(board, columns);

  const put = (task: TaskState, position: Position | undefined) => {
    const move = position && moveTo(columns, task.id, position);
    if (move) void moveTask(task, move, names[move.status]);
  };
  const step = (task: TaskState, direction: Direction) => {
    const from = positionOf(columns, task.id);
    if (from) put(task, stepFrom(columns, from, direction));
  };
  useDrops(board, ({ task, ...over }) => {
    const now = Object.values(columns)
      .flat()
      .find(({ id }) => id === task.id);
    if (!now || now.status !== task.status || now.rank !== task.rank) announceDragEnd(task.title);
    else put(now, dropPosition(columns, task.id, over));
  });

  const keyDown = (event: KeyboardEvent<HTMLElement>) => {
    const id = (event.target as HTMLElement).dataset.card;
    const position = id === undefined ? undefined : positionOf(columns, id);
    const task = position && columns[position.status][position.index];
    const meant = boardKey(event);
    if (!task || !position || !meant) return;
    event.preventDefault();
    if ('go' in meant) {
      const next = cardBeside(columns, position, meant.go);
      if (next !== undefined) cardElement(board, next)?.focus();
    } else if ('open' in meant) navigate(`/tasks/${task.id}`);
    else if (!task.can.update) return;
    else if ('move' in meant) step(task, meant.move);
    else cardElement(board, task.id)?.querySelector<HTMLElement>('[aria-haspopup=menu]')?.click();
  };

  const pick = (task: TaskState, position: Position) => {
    hold(task.id);
    put(task, position);
  };
  const moves = (task: TaskState): MenuEntry[] => [
    { heading: t`Move to…` },
    ...COLUMNS.map((status) => ({
      label: names[status],
      checked: task.status === status,
      onSelect: () => task.status !== status && pick(task, { status, index: 0 }),
    })),
    ...(task.status === 'completed'
      ? []
      : ([
          'line',
          { label: t`Up`, keys: 'shift+ArrowUp', onSelect: () => step(task, 'up') },
          { label: t`Down`, keys: 'shift+ArrowDown', onSelect: () => step(task, 'down') },
        ] as const)),
  ];

  return (
    <>
      <BoardTabs board={board} columns={columns} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys move between the cards inside */}
      <div ref={board} className={styles.board} onKeyDown={keyDown} {...focus}>
        {COLUMNS.map((status) => (
          <BoardColumn
            key={status}
            status={status}
            name={names[status]}
            tasks={columns[status]}
            isCut={cut.has(status)}
            foot={status === 'todo' && <QuickAdd workspaceId={workspaceId} label={t`Add a task`} />}
            card={(task) => (
              <TaskCard key={task.id} task={task} isTabStop={task.id === tabStopId} moves={moves(task)} />
            )}
          />
        ))}
      </div>
    </>
  );
}
