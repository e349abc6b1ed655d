export { readTimeQuery, type TimeQuery } from './model.ts';
export { ForgottenToasts } from './parts/forgotten-toasts.tsx';
export { TimeScreen } from './screens/time-screen.tsx';
