import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { client } from '../../../live/client.ts';
import { Segmented, Switch } from '../../../ui/choice/choice.tsx';
import { MoonIcon, SettingsIcon, TodayIcon } from '../../../ui/icons.ts';
import { Section } from '../../../ui/layout/pane.tsx';
import { useMe } from '../hooks.ts';
import { AccountFrame } from '../parts/account-frame.tsx';
import { FormProblem } from '../parts/auth-page.tsx';
import styles from '../parts/settings.module.css';

type Theme = 'system' | 'light' | 'dark';
type Density = 'comfortable' | 'compact';

export interface AppearanceProps {
  theme: Theme;
  density: Density;
  onChange: (look: { theme?: Theme; density?: Density }) => void;
}

/** The appearance of the app on this device, and the visibility of my receipts. */
export function AppearanceScreen({ theme, density, onChange }: AppearanceProps) {
  const { t } = useLingui();
  const { preferences } = useMe();
  const [problem, setProblem] = useState<string>();
  const setHidden = async (hideReceipts: boolean) => {
    try {
      setProblem(undefined);
      await client.call('users.updateMe', { preferences: { hideReceipts } });
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  return (
    <AccountFrame part="appearance">
      <Section title={<Trans>Theme</Trans>}>
        <p className={styles.words}>
          <Trans>Of this device.</Trans>
        </p>
        <Segmented
          label={t`Theme`}
          value={theme}
          options={[
            { value: 'system', label: t`As the system`, icon: SettingsIcon },
            { value: 'light', label: t`Light`, icon: TodayIcon },
            { value: 'dark', label: t`Dark`, icon: MoonIcon },
          ]}
          onChange={(value) => onChange({ theme: value })}
        />
      </Section>
      <Section title={<Trans>Density</Trans>}>
        <p className={styles.words}>
          <Trans>How much stands on one screen.</Trans>
        </p>
        <Segmented
          label={t`Density`}
          value={density}
          options={[
            { value: 'comfortable', label: t`Comfortable` },
            { value: 'compact', label: t`Compact` },
          ]}
          onChange={(value) => onChange({ density: value })}
        />
      </Section>
      <Section title={<Trans>Receipts</Trans>}>
        <p className={styles.words}>
          <Trans>If you hide yours, you do not see those of others.</Trans>
        </p>
        <Switch
          label={t`Show others what I have read`}
          checked={!preferences.hideReceipts}
          onChange={(event) => void setHidden(!event.currentTarget.checked)}
        />
        <FormProblem>{problem}</FormProblem>
      </Section>
    </AccountFrame>
  );
}
