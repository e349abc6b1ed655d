import { coreAccess } from './access.ts';
import { feature } from './feature.ts';
import { coreLimits, coreSizes } from './limits.ts';
import { coreProblems } from './problem.ts';

/** What every feature builds on. */
export const coreFeature = feature({
  access: coreAccess,
  problems: coreProblems,
  limits: coreLimits,
  sizes: coreSizes,
});
