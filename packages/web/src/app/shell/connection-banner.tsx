import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { announce } from '../../live/announce.ts';
import { useLive } from '../../live/use-live.ts';
import { Banner } from '../../ui/feedback/banner.tsx';
import { DoneIcon, OfflineIcon } from '../../ui/icons.ts';

/** Shorter interruptions of the connection are not shown. */
const PATIENCE_MS = 1_500;
const BACK_MS = 2_000;

/** Shows that there is no connection, and briefly that it is back. */
export function ConnectionBanner() {
  const { t } = useLingui();
  const isOnline = useLive(({ connection }) => connection === 'online');
  const waiting = useLive(({ pending }) => pending.filter(({ status }) => status === 'sending').length);
  const [shown, setShown] = useState<'lost' | 'back'>();
  useEffect(() => {
    if (!isOnline) {
      const timer = setTimeout(() => setShown('lost'), PATIENCE_MS);
      return () => clearTimeout(timer);
    }
    setShown((before) => (before === 'lost' ? 'back' : undefined));
    const timer = setTimeout(() => setShown(undefined), BACK_MS);
    return () => clearTimeout(timer);
  }, [isOnline]);
  useEffect(() => {
    if (shown === 'lost') announce(t`Not connected`, 'assertive');
    if (shown === 'back') announce(t`Connected again`);
  }, [shown, t]);
  if (shown === undefined) return null;
  if (shown === 'back') {
    return (
      <Banner tone="leaf" icon={DoneIcon}>
        <Trans>Up to date</Trans>
      </Banner>
    );
  }
  return (
    <Banner tone="amber" icon={OfflineIcon}>
      <Trans>Not connected. Messages are sent when the connection is back.</Trans>{' '}
      {waiting > 0 && <Trans>{waiting} waiting.</Trans>}
    </Banner>
  );
}
