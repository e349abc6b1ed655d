import type { NotificationPreferences, PreferenceChanges } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { Section } from '../../../ui/layout/pane.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { AccountFrame } from '../../identity/index.ts';
import { changePreferences } from '../commands.ts';
import { usePreferences } from '../hooks.ts';
import { reasonsAddress } from '../model.ts';
import { ChannelMatrix } from '../parts/channel-matrix.tsx';
import { MailFields } from '../parts/mail-fields.tsx';
import { MorningDigest } from '../parts/morning-digest.tsx';
import { PushDevices } from '../parts/push-devices.tsx';
import { QuietHoursFields } from '../parts/quiet-hours.tsx';
import styles from '../parts/settings.module.css';

/** `/account/notifications`: what I am told of, how, and when not. Each change applies at once. */
export function NotificationSettingsScreen() {
  const { t } = useLingui();
  const preferences = usePreferences();
  return (
    <AccountFrame part="notifications" intro={t`What you are told of, how, and when not.`}>
      {preferences ? <Parts preferences={preferences} /> : <Skeleton rows={8} />}
      <Section title={<Trans>Morning mail</Trans>}>
        <MorningDigest />
      </Section>
      <Section title={<Trans>Push messages</Trans>}>
        <PushDevices />
      </Section>
      <p className={styles.foot}>
        <Link to={reasonsAddress()}>
          <Trans>Why you were told of something, or were not</Trans>
        </Link>
      </p>
    </AccountFrame>
  );
}

function Parts({ preferences }: { preferences: NotificationPreferences }) {
  const { channels, digest, hourlyCap, quietHours } = preferences;
  const change = (changes: PreferenceChanges) => void changePreferences(preferences, changes);
  return (
    <>
      <ChannelMatrix
        channels={channels}
        onChange={(type, channel, isOn) => change({ channels: { [type]: { [channel]: isOn } } })}
      />
      <Section title={<Trans>Quiet hours</Trans>}>
        <QuietHoursFields quiet={quietHours} onChange={(part) => change({ quietHours: part })} />
      </Section>
      <Section title={<Trans>How often</Trans>}>
        <MailFields
          digest={digest}
          hourlyCap={hourlyCap}
          onDigest={(part) => change({ digest: part })}
          onCap={(most) => change({ hourlyCap: most })}
        />
      </Section>
    </>
  );
}
