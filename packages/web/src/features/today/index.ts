export { TodayScreen } from './screens/today-screen.tsx';
