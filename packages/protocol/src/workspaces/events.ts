import { z } from 'zod';
import { event } from '../core/event.ts';
import { id, seq } from '../core/primitives.ts';
import { member, workspace, workspaceRole, workspaceState } from './workspace.ts';

export const workspaceEvents = {
  'workspace:joined': event({
    summary: 'I am in a workspace from now on, in another role, or see many others of it; it replaces what I had of it',
    on: ['user'],
    data: z.object({
      workspace: workspaceState,
      asOf: seq
        .nullable()
        .meta({ description: 'Where its own stream goes on; null: as a guest or a customer I follow no stream of it' }),
    }),
  }),
  'workspace:left': event({
    summary: 'I am no longer in a workspace, or it is gone: drop what is kept of it, with its conversations',
    on: ['user'],
    data: z.object({ workspaceId: id }),
  }),
  'workspace:updated': event({
    summary: 'A workspace changed; guests and customers hear it on their own stream',
    on: ['workspace', 'user'],
    data: workspace,
  }),
  'workspace:people': event({
    summary: 'As a guest or a customer I see some people of a workspace anew, as they are now, and others no longer',
    on: ['user'],
    data: z.object({ workspaceId: id, shown: z.array(member), hidden: z.array(id) }),
  }),
  'member:joined': event({ summary: 'Someone joined the workspace', on: ['workspace'], data: member }),
  'member:updated': event({
    summary: "Someone's role changed",
    on: ['workspace'],
    data: z.object({ workspaceId: id, userId: id, role: workspaceRole }),
  }),
  'member:left': event({
    summary: 'Someone left the workspace or was removed',
    on: ['workspace'],
    data: z.object({ workspaceId: id, userId: id }),
  }),
} as const;
