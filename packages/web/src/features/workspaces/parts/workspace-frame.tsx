import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useLive } from '../../../live/use-live.ts';
import { SettingsFrame, SettingsTitle } from '../../identity/index.ts';
import { useWorkspace, useWorkspaceCan } from '../hooks.ts';

export interface WorkspaceFrameProps {
  workspaceId: string;
  part: 'general' | 'people' | 'invites' | 'bots' | 'retention' | 'analytics' | 'webhooks' | 'endpoints';
  intro?: ReactNode;
  children: ReactNode;
}

/** The settings of a workspace in parts; those that are not for me are absent. */
export function WorkspaceFrame({ workspaceId, part, intro, children }: WorkspaceFrameProps) {
  const { t } = useLingui();
  const workspace = useWorkspace(workspaceId);
  const can = useWorkspaceCan(workspaceId);
  const takesWebhooks = useLive(({ conversations }) =>
    Object.values(conversations).some((each) => each.workspaceId === workspaceId && each.can.webhooks),
  );
  const all = {
    general: { label: t`General`, isShown: true },
    people: { label: t`People`, isShown: true },
    invites: { label: t`Invitations`, isShown: can?.invite ?? false },
    bots: { label: t`Bots`, isShown: can?.update ?? false },
    retention: { label: t`Retention`, isShown: can?.update ?? false },
    analytics: { label: t`Analytics`, isShown: can?.analytics ?? false },
    webhooks: { label: t`Webhooks`, isShown: takesWebhooks },
    endpoints: { label: t`Endpoints`, isShown: can?.webhookEndpoints ?? false },
  };
  const title = all[part].label;
  const address = (name: string) => `/w/${workspaceId}/settings/${name}`;
  return (
    <SettingsFrame
      title={workspace?.name ?? t`Workspace`}
      current={address(part)}
      wide={part === 'analytics'}
      parts={Object.entries(all)
        .filter(([name, { isShown }]) => isShown || name === part)
        .map(([name, { label }]) => ({ to: address(name), label }))}
    >
      <SettingsTitle intro={intro}>{title}</SettingsTitle>
      {children}
    </SettingsFrame>
  );
}
