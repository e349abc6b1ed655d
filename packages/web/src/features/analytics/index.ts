export { readPeriod } from './model.ts';
export { ProgressScreen } from './screens/progress-screen.tsx';
export { WorkspaceAnalyticsScreen } from './screens/workspace-analytics-screen.tsx';
