import { useLingui } from '@lingui/react/macro';
import { Switch } from '../../../ui/choice/choice.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { useMe } from '../../identity/index.ts';
import { setMorningDigest } from '../commands.ts';
import styles from './settings.module.css';

/** The time at which it comes once it is switched on. */
const USUAL = '05:00';

/** When the mail with the tasks of the day comes. */
export function MorningDigest() {
  const { t } = useLingui();
  const { morningDigestAt: time } = useMe().preferences;
  return (
    <div className={styles.fields}>
      <Switch
        label={t`Mail me the tasks of the day`}
        hint={t`What is due today and what is overdue, in one mail. It does not come on days with nothing due.`}
        checked={time !== null}
        onChange={({ target }) => void setMorningDigest(target.checked ? USUAL : null)}
      />
      {time !== null && (
        <div className={styles.times}>
          <TextField
            key={time}
            type="time"
            label={t`Morning mail at`}
            defaultValue={time}
            onBlur={({ target }) => target.value !== '' && target.value !== time && void setMorningDigest(target.value)}
          />
        </div>
      )}
    </div>
  );
}
