export { ProgressScreen as ProgressPage } from '../../features/analytics/index.ts';
