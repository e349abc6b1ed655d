import type { NotificationDecision } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { useLive } from '../../../live/use-live.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Icon } from '../../../ui/icon/icon.tsx';
import { Chip, type Tone } from '../../../ui/text/chip.tsx';
import { resendMail } from '../commands.ts';
import { useCauseNames } from './notification-text.ts';
import { useReasonText } from './reason-text.ts';
import styles from './reasons.module.css';
import { TYPE_ICONS } from './type-icon.ts';

type Channel = NotificationDecision['channels'][number];

/** What became of one event: by channel, with the reason. */
export function DecisionCard({ decision }: { decision: NotificationDecision }) {
  const { t } = useLingui();
  const { full } = useFormats();
  const causes = useCauseNames();
  const { at, cause, channels, taskId, type } = decision;
  const task = useLive(({ tasks }) => tasks[taskId ?? '']?.title);
  const names: Record<Channel['channel'], string> = { app: t`In the app`, mail: t`Mail`, push: t`Push` };
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <Icon of={TYPE_ICONS[type]} />
        <h2 className={styles.title}>
          {causes[cause]}
          {task !== undefined && <bdi className={styles.about}>{task}</bdi>}
        </h2>
        <time dateTime={at} className={styles.time}>
          {full(at)}
        </time>
      </div>
      <dl className={styles.channels}>
        {channels.map((channel) => (
          <div key={channel.channel} className={styles.channel}>
            <dt>{names[channel.channel]}</dt>
            <dd>
              <Outcome {...channel} />
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function Outcome(channel: Channel) {
  const { t } = useLingui();
  const { reason, detail } = useReasonText(channel);
  const { failedMailId, state, used } = channel;
  const words: Record<NonNullable<Channel['state']>, [string, Tone]> = {
    planned: [t`planned`, 'plain'],
    claimed: [t`being sent`, 'plain'],
    sent: [t`sent`, 'leaf'],
    failed: [t`failed`, 'brick'],
    withdrawn: [t`not needed`, 'plain'],
    unknown: [t`perhaps sent`, 'amber'],
  };
  const [word, tone]: [string, Tone] =
    state !== null ? words[state] : used ? [t`shown`, 'leaf'] : [t`not told`, 'plain'];
  return (
    <>
      <Chip tone={tone}>{word}</Chip>
      <span>{reason}</span>
      {detail && <span className={styles.detail}>{detail}</span>}
      {failedMailId !== null && (
        <Button onClick={() => void resendMail(failedMailId)}>
          <Trans>Send again</Trans>
        </Button>
      )}
    </>
  );
}
