import type { NotificationChannels, NotificationPreferences, NotificationType } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { Tick } from '../../../ui/choice/choice.tsx';
import { Icon } from '../../../ui/icon/icon.tsx';
import { TYPES } from '../model.ts';
import { useTypeNames } from './notification-text.ts';
import styles from './settings.module.css';
import { TYPE_ICONS } from './type-icon.ts';

const CHANNELS = ['app', 'mail', 'push'] as const satisfies readonly (keyof NotificationChannels)[];

/** What I am told of, by which channel: a row for each type, a column for each channel. */
export function ChannelMatrix({
  channels,
  onChange,
}: {
  channels: NotificationPreferences['channels'];
  onChange: (type: NotificationType, channel: keyof NotificationChannels, isOn: boolean) => void;
}) {
  const { t } = useLingui();
  const names = useTypeNames();
  const explanations: Record<NotificationType, string> = {
    mention: t`Somebody writes your name`,
    message: t`Direct messages, and what you follow`,
    task: t`Assigned to you, or completed`,
    upcoming: t`An hour before a task is due`,
    overdue: t`A task was not done in time`,
    reminder: t`What you asked to be reminded of`,
    order: t`New orders, and what becomes of yours`,
    product: t`Stock that runs low`,
    general: t`Everything else`,
  };
  const labels = { app: t`In the app`, mail: t`Mail`, push: t`Push` };
  return (
    <table className={styles.matrix}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Kind</Trans>
          </th>
          {CHANNELS.map((channel) => (
            <th key={channel} scope="col">
              {labels[channel]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {TYPES.map((type) => (
          <tr key={type}>
            <th scope="row">
              <span className={styles.type}>
                <Icon of={TYPE_ICONS[type]} />
                <span>
                  {names[type]}
                  <span className={styles.explanation}>{explanations[type]}</span>
                </span>
              </span>
            </th>
            {CHANNELS.map((channel) => (
              <td key={channel}>
                <Tick
                  label={`${names[type]}: ${labels[channel]}`}
                  checked={channels[type][channel]}
                  onChange={({ target }) => onChange(type, channel, target.checked)}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
