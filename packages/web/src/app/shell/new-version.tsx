import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { takeNewVersion, useNewVersion } from '../../live/app-version.ts';
import { showToast } from '../../ui/toast/toasts.ts';

/** Offers a new version of the app once it is available. */
export function NewVersion() {
  const { t } = useLingui();
  const isWaiting = useNewVersion();
  useEffect(() => {
    if (!isWaiting) return;
    showToast({
      kind: 'info',
      title: t`A new version of Atrium is here`,
      body: t`Drafts and unsent messages stay.`,
      timeout: 0,
      action: { label: t`Reload`, onPress: takeNewVersion },
    });
  }, [isWaiting, t]);
  return null;
}
