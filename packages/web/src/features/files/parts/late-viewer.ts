import { late } from '../../../ui/late.tsx';

/** Fetched when the first picture is looked at. */
export const Viewer = late(async () => (await import('./viewer.tsx')).default);
