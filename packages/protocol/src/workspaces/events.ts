import { z } from 'zod';
import { event } from '../core/event.ts';
import { id, seq } from '../core/primitives.ts';
import { member, workspace, workspaceCan, workspaceRole, workspaceState } from './workspace.ts';

export const workspaceEvents = {
  'workspace:joined': event({
    summary:
      'You joined a workspace, your role changed, or the people you can see changed; replaces the workspace in your state',
    on: ['user'],
    data: z.object({
      workspace: workspaceState,
      asOf: seq.nullable().meta({
        description:
          "Position in the workspace's stream from which events follow; null for guests and customers, who do not follow it",
      }),
    }),
  }),
  'workspace:left': event({
    summary:
      'You left or were removed from a workspace, or it was deleted; drop it and its conversations from your state',
    on: ['user'],
    data: z.object({ workspaceId: id }),
  }),
  'workspace:updated': event({
    summary: 'A workspace was updated; guests and customers are told on their own stream',
    on: ['workspace', 'user'],
    external: true,
    data: workspace,
  }),
  'workspace:can': event({
    summary: 'What you may do with a workspace changed',
    on: ['user'],
    data: z.object({ workspaceId: id, can: workspaceCan }),
  }),
  'workspace:people': event({
    summary: 'The people that you, as a guest or a customer, can see in a workspace changed',
    on: ['user'],
    data: z.object({ workspaceId: id, shown: z.array(member), hidden: z.array(id) }),
  }),
  'member:joined': event({ summary: 'A member joined the workspace', on: ['workspace'], external: true, data: member }),
  'member:updated': event({
    summary: "A member's role changed",
    on: ['workspace'],
    external: true,
    data: z.object({ workspaceId: id, userId: id, role: workspaceRole }),
  }),
  'member:left': event({
    summary: 'A member left the workspace or was removed',
    on: ['workspace'],
    external: true,
    data: z.object({ workspaceId: id, userId: id }),
  }),
} as const;
