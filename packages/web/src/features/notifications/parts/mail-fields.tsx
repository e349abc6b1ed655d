import type { NotificationPreferences } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { Segmented } from '../../../ui/choice/choice.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import styles from './settings.module.css';

/** How often I am told outside of the app. */
export function MailFields({
  digest,
  hourlyCap,
  onDigest,
  onCap,
}: Pick<NotificationPreferences, 'digest' | 'hourlyCap'> & {
  onDigest: (part: Partial<NotificationPreferences['digest']>) => void;
  onCap: (hourlyCap: number) => void;
}) {
  const { t } = useLingui();
  return (
    <div className={styles.fields}>
      <div>
        <p className={styles.hint}>{t`Mails about notifications`}</p>
        <Segmented
          label={t`Mails about notifications`}
          value={digest.mode}
          options={[
            { value: 'off', label: t`One by one` },
            { value: 'hourly', label: t`Collected each hour` },
            { value: 'daily', label: t`Collected each day` },
          ]}
          onChange={(mode) => onDigest({ mode })}
        />
      </div>
      <div className={styles.times}>
        {digest.mode === 'daily' && (
          <TextField
            key={digest.time}
            type="time"
            label={t`At`}
            defaultValue={digest.time}
            onBlur={({ target }) =>
              target.value !== '' && target.value !== digest.time && onDigest({ time: target.value })
            }
          />
        )}
        <TextField
          key={hourlyCap}
          type="number"
          min={1}
          max={1000}
          label={t`At most in an hour`}
          hint={t`Mails and push messages together`}
          defaultValue={hourlyCap}
          onBlur={({ target }) => {
            const wanted = target.valueAsNumber;
            if (target.validity.valid && wanted !== hourlyCap) onCap(wanted);
          }}
        />
      </div>
    </div>
  );
}
