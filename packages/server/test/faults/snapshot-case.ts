import type { Observer, Scene } from './cast.ts';

/** The preparation of a case: an observer in addition to the cast, and an id, code or secret that it needs. */
type Prepared = { extra: Observer; text: string };

/** What is done between two snapshots, by whom, and what must be done before. */
export interface Case {
  prepare?: (scene: Scene) => Promise<Partial<Prepared> | undefined>;
  act: (scene: Scene, prepared: Prepared) => Promise<unknown>;
}

/** A case without preparation. */
export const act = (run: Case['act']): Case => ({ act: run });
