export { ProgressScreen } from './screens/progress-screen.tsx';
