import type { WorkspaceCan } from '@atrium/protocol';
import { fresh } from '../inputs.ts';
import type { Outcome } from '../transports.ts';
import type { WorkspaceScene } from './scenes.ts';

/** One key for one caller in one workspace. */
export interface WorkspaceProbe {
  call(name: string, input: Record<string, unknown>): Promise<Outcome>;
  scene: WorkspaceScene;
}

const plain =
  (name: string, more: (scene: WorkspaceScene) => Record<string, unknown> = () => ({})) =>
  async ({ call, scene }: WorkspaceProbe) =>
    (await call(name, { workspaceId: scene.id, ...more(scene) })).problem === undefined;

/** Tries each key. @returns whether it was done */
export const workspaceProbes: Record<keyof WorkspaceCan, (probe: WorkspaceProbe) => Promise<boolean>> = {
  update: plain('workspaces.update', () => ({ name: `Renamed ${fresh()}` })),
  delete: plain('workspaces.delete'),
  invite: plain('workspaces.invite', () => ({ email: `${fresh()}@example.org` })),
  joinCode: plain('workspaces.joinCode'),
  manageMembers: plain('members.update', ({ colleague }) => ({ userId: colleague, role: 'guest' })),
  manageBots: plain('bots.create', () => ({ name: 'Helper' })),
  analytics: plain('analytics.ofWorkspace', () => ({ from: '2026-05-01', to: '2026-05-31' })),
  webhookEndpoints: plain('webhookEndpoints.create', () => ({
    ...{ url: 'https://example.org/hook', eventTypes: ['member:joined'], enabled: false },
  })),
  createConversations: plain('conversations.create', () => ({ kind: 'channel', name: fresh() })),
  browseChannels: plain('conversations.list', () => ({ scope: 'directory' })),
  requestSupport: plain('conversations.create', () => ({ kind: 'support' })),
  answerSupport: plain('support.queue'),
  retention: plain('retention.setWorkspace', () => ({ days: 30 })),
  leave: plain('workspaces.leave'),
};
