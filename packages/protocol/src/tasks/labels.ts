import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { fullList, id, line, nothing } from '../core/primitives.ts';
import { label } from './task.ts';

const name = line(1, 50);
const color = z
  .string()
  .regex(/^#[0-9a-f]{6}$/)
  .meta({ description: '#rrggbb' });

/** The labels of a workspace. Guests and customers do not see them. */
export const labels = operationGroup('labels', {
  list: operation({
    summary: 'List the labels of a workspace',
    method: 'GET',
    path: '/workspaces/:workspaceId/labels',
    access: 'workspace:member',
    limit: 'user',
    input: z.strictObject({ workspaceId: id }),
    output: fullList(label),
    errors: ['forbidden'],
  }),
  create: operation({
    summary: 'Create a label',
    method: 'POST',
    path: '/workspaces/:workspaceId/labels',
    access: 'workspace:member',
    limit: 'user',
    example: { color: '#3366cc' },
    input: z.strictObject({ workspaceId: id, name, color: color.default('#6b7280') }),
    output: label,
    status: 201,
    errors: ['forbidden', 'conflict'],
  }),
  update: operation({
    summary: 'Update a label',
    method: 'PATCH',
    path: '/workspaces/:workspaceId/labels/:labelId',
    access: 'workspace:member',
    limit: 'user',
    example: { name: 'Difference Engine' },
    input: z.strictObject({ workspaceId: id, labelId: id, name: name.optional(), color: color.optional() }),
    output: label,
    errors: ['forbidden', 'conflict'],
  }),
  delete: operation({
    summary: 'Delete a label and remove it from all tasks',
    method: 'DELETE',
    path: '/workspaces/:workspaceId/labels/:labelId',
    access: 'workspace:admin',
    limit: 'user',
    input: z.strictObject({ workspaceId: id, labelId: id }),
    output: nothing,
  }),
});
