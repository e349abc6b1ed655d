import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { id, version } from '../core/primitives.ts';
import { myWorkspace } from '../workspaces/workspace.ts';
import { shop, shopIntroduction } from './product.ts';

const one = z.strictObject({ workspaceId: id });

/** The shop of a workspace. */
export const shops = operationGroup('shops', {
  get: operation({
    summary: 'Get the shop of a workspace',
    method: 'GET',
    path: '/workspaces/:workspaceId/shop',
    access: 'shop:reader',
    limit: 'shop',
    input: one,
    output: shop,
  }),
  update: operation({
    summary: 'Make the shop public or private, or update it',
    method: 'PATCH',
    path: '/workspaces/:workspaceId/shop',
    access: 'workspace:admin',
    limit: 'user',
    example: { public: true, introduction: 'Parts of engines' },
    input: one.extend({
      public: z.boolean().optional(),
      introduction: shopIntroduction.optional(),
      version: version.optional(),
    }),
    output: shop,
    errors: ['version_conflict'],
  }),
  join: operation({
    summary: 'Become a customer of a public shop',
    description: 'For users with an account; members of the workspace keep their role.',
    method: 'POST',
    path: '/workspaces/:workspaceId/shop/customers',
    access: 'user',
    limit: 'user',
    input: one,
    output: myWorkspace,
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
});
