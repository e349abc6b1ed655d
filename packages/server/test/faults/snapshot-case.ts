import type { Observer, Scene } from './cast.ts';

/** What a case prepared: an observer besides the cast, and an id, code or secret that it needs. */
type Prepared = { extra: Observer; text: string };

/** What is done between two snapshots, by whom, and what must have been done before. */
export interface Case {
  prepare?: (scene: Scene) => Promise<Partial<Prepared> | undefined>;
  act: (scene: Scene, prepared: Prepared) => Promise<unknown>;
}

/** A case that needs nothing prepared. */
export const act = (run: Case['act']): Case => ({ act: run });
