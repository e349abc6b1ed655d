import { late } from '../../../ui/late.tsx';

/** Asks about forgotten timers, apart from the first screen. */
export const ForgottenToasts = late(async () => {
  const { ForgottenToasts: Part } = await import('./forgotten-toasts.tsx');
  return { default: Part };
});
