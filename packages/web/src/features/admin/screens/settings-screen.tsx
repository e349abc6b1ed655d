import type { InstanceSettings } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { useOperation } from '../../../live/use-operation.ts';
import { Radio, Switch } from '../../../ui/choice/choice.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { Section } from '../../../ui/layout/pane.tsx';
import { FormNote, FormProblem } from '../../identity/index.ts';
import { changeSettings } from '../commands.ts';
import styles from '../parts/admin.module.css';
import { AdminFrame } from '../parts/admin-frame.tsx';
import { RotateKeys } from '../parts/rotate-keys.tsx';

/** `/admin/settings`: who may come in, and what holds for everyone. Each change applies at once. */
export function SettingsScreen() {
  const { t } = useLingui();
  const { data, error, refetch } = useOperation('admin.settings', {});
  return (
    <AdminFrame part="settings">
      {error && !data ? (
        <ErrorState title={t`The settings could not be loaded`} onRetry={() => void refetch()}>
          {problemText(error)}
        </ErrorState>
      ) : data ? (
        <Settings settings={data} />
      ) : (
        <Skeleton rows={5} />
      )}
      <RotateKeys />
    </AdminFrame>
  );
}

function Settings({ settings }: { settings: InstanceSettings }) {
  const { t } = useLingui();
  const [problem, setProblem] = useState<string>();
  const [isSaved, setSaved] = useState(false);
  const change = async (changes: Partial<InstanceSettings>) => {
    setProblem(undefined);
    setSaved(false);
    try {
      await changeSettings(changes);
      setSaved(true);
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  const registrations = {
    open: [t`Anyone`, t`Anyone who finds this address can create an account.`],
    invited: [t`Invited people`, t`With a join code or an invitation to a workspace.`],
    closed: [t`Nobody`, t`Those who have an account keep it.`],
  } as const;
  const rights = {
    everything: t`Everything`,
    read: t`Only read`,
    nothing: t`Nothing`,
  };
  return (
    <>
      <Section title={<Trans>Who may create an account</Trans>}>
        <fieldset className={styles.choices} aria-label={t`Who may create an account`}>
          {Object.entries(registrations).map(([value, [label, hint]]) => (
            <Radio
              key={value}
              name="registration"
              label={label}
              hint={hint}
              checked={settings.registration === value}
              onChange={() => void change({ registration: value as InstanceSettings['registration'] })}
            />
          ))}
          <Switch
            label={t`Tell nobody whether an address has an account`}
            hint={t`Registration answers the same for known and unknown addresses. New accounts verify their address first.`}
            checked={settings.neutralRegistration}
            onChange={({ target }) => void change({ neutralRegistration: target.checked })}
          />
        </fieldset>
      </Section>
      <Section title={<Trans>Before an e-mail address is verified, one may do</Trans>}>
        <fieldset className={styles.choices} aria-label={t`Before an e-mail address is verified, one may do`}>
          {Object.entries(rights).map(([value, label]) => (
            <Radio
              key={value}
              name="unverifiedMay"
              label={label}
              checked={settings.unverifiedMay === value}
              onChange={() => void change({ unverifiedMay: value as InstanceSettings['unverifiedMay'] })}
            />
          ))}
        </fieldset>
      </Section>
      <FormProblem>{problem}</FormProblem>
      <FormNote>{isSaved && t({ message: 'Saved', context: 'form' })}</FormNote>
    </>
  );
}
