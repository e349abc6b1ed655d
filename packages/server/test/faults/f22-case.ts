import type { Observer, Scene } from './cast.ts';

/** What is done between the two snapshots, by whom, and what must have been done before. */
export interface Case {
  prepare?: (scene: Scene) => Promise<Partial<{ extra: Observer; text: string }>>;
  act: (scene: Scene, prepared: { extra: Observer; text: string }) => Promise<unknown>;
}
