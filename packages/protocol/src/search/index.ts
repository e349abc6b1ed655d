import { feature } from '../core/feature.ts';
import { searchLimits } from './limits.ts';
import { search } from './operations.ts';

export * from './operations.ts';

/** Full-text search. */
export const searchFeature = feature({
  groups: {
    search: { title: 'Search', description: 'Full-text search with filters.', operations: search },
  },
  limits: searchLimits,
});
