export { readTimeQuery, type TimeQuery } from './model.ts';
export { ForgottenToasts } from './parts/late-parts.ts';
export { TimeScreen } from './screens/time-screen.tsx';
