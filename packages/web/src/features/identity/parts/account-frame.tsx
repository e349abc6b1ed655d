import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { SettingsFrame, SettingsTitle } from './settings-nav.tsx';

export interface AccountFrameProps {
  part: 'profile' | 'appearance' | 'notifications' | 'security' | 'devices' | 'tokens' | 'data';
  intro?: ReactNode;
  children: ReactNode;
}

/** The sections of the account settings. */
export function AccountFrame({ part, intro, children }: AccountFrameProps) {
  const { t } = useLingui();
  const labels = {
    profile: t`Profile`,
    appearance: t`Appearance`,
    notifications: t`Notifications`,
    security: t`Security`,
    devices: t`Devices`,
    tokens: t`API tokens`,
    data: t`Your data`,
  };
  const title = labels[part];
  return (
    <SettingsFrame
      title={t`Account`}
      current={`/account/${part}`}
      parts={Object.entries(labels).map(([name, label]) => ({ to: `/account/${name}`, label }))}
    >
      <SettingsTitle intro={intro}>{title}</SettingsTitle>
      {children}
    </SettingsFrame>
  );
}
