export { useMyTimer, useTickedTime } from './hooks.ts';
export { hoursOf } from './model.ts';
export { LiveTotal } from './parts/live-total.tsx';
export { RunningList } from './parts/running-list.tsx';
export { TaskTimer } from './parts/task-timer.tsx';
export { TimerCard } from './parts/timer-card.tsx';
export { TimerStrip } from './parts/timer-strip.tsx';
