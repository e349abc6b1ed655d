import { feature } from '../core/feature.ts';
import { demo } from './operations.ts';

export * from './operations.ts';

/** A workspace with invented content. */
export const demoFeature = feature({
  groups: {
    demo: {
      title: 'Demo data',
      description: 'A workspace with invented people and content, to look around in on a new instance.',
      operations: demo,
    },
  },
});
