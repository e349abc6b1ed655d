import { feature } from '../core/feature.ts';
import { demo } from './operations.ts';

export * from './operations.ts';

/** A workspace with fictional content. */
export const demoFeature = feature({
  groups: {
    demo: {
      title: 'Demo data',
      description: 'A workspace with fictional people and content, to explore a new instance.',
      operations: demo,
    },
  },
});
