import { late } from '../../../ui/late.tsx';

/** Asks about forgotten timers, apart from the first screen. */
export const ForgottenToasts = late(async () => (await import('./forgotten-toasts.tsx')).ForgottenToasts, {
  canWait: true,
});
