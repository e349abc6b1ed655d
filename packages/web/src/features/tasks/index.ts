export { type Cards, useMessageCards } from './cards/cards.ts';
export { makeTask } from './cards/commands.ts';
export { TaskChips } from './cards/task-chips.tsx';
export { useDueCount } from './hooks.ts';
export { readFilters, type TaskFilters } from './model.ts';
export { DueTasks } from './parts/due-tasks.tsx';
export { BoardScreen } from './screens/board-screen.tsx';
export { TaskListScreen } from './screens/task-list-screen.tsx';
export { TaskScreen } from './screens/task-screen.tsx';
