import { feature } from '../core/feature.ts';
import { catalogAccess } from './access.ts';
import { catalogEvents } from './events.ts';
import { catalogLimits, catalogSizes } from './limits.ts';
import { catalogProblems } from './problems.ts';
import { products } from './product-operations.ts';
import { shops } from './shop-operations.ts';

export * from './events.ts';
export * from './money.ts';
export * from './product.ts';
export * from './product-operations.ts';
export * from './shop-operations.ts';

/** The shop of a workspace, its products and their stock. */
export const catalogFeature = feature({
  groups: {
    shops: { title: 'Shops', description: 'The shop of a workspace and its customers.', operations: shops },
    products: { title: 'Products', description: 'What a shop sells, and what is in stock.', operations: products },
  },
  events: catalogEvents,
  access: catalogAccess,
  problems: catalogProblems,
  limits: catalogLimits,
  sizes: catalogSizes,
});
