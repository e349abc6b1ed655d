import { useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { Radio } from '../../../ui/choice/choice.tsx';
import { Select, TextField } from '../../../ui/field/text-field.tsx';
import { useMoment, useNamedTimes, useTimeNames } from '../hooks.ts';
import { BEFORE, type NamedTime } from '../model.ts';
import styles from './reminders.module.css';

/** When a reminder is to come, as it stands in the dialog. `keep`: as it is; `own`: on `day` at `clock`. */
export interface WhenChoice {
  choice: NamedTime['name'] | 'keep' | 'before' | 'own';
  before: string;
  day: string;
  clock: string;
}

/** Natural choices, each with the time that it means. */
export function WhenFields({
  value,
  kept,
  hasDue,
  onChange,
}: {
  value: WhenChoice;
  /** How the time stands now, of a reminder that is changed. */
  kept: string | undefined;
  hasDue: boolean;
  onChange: (value: WhenChoice) => void;
}) {
  const { t } = useLingui();
  const name = useId();
  const names = useTimeNames();
  const moment = useMoment();
  const { shown } = useNamedTimes();
  const radio = (choice: WhenChoice['choice'], label: string, at?: string) => (
    <Radio
      key={choice}
      name={name}
      label={label}
      hint={at}
      checked={value.choice === choice}
      onChange={() => onChange({ ...value, choice })}
    />
  );
  return (
    <div role="radiogroup" aria-label={t`When`} className={styles.when}>
      {kept !== undefined && radio('keep', t`As it is`, kept)}
      {shown.map((each) => radio(each.name, names[each.name], moment(each.at)))}
      {hasDue && radio('before', t`When the task is due`)}
      {value.choice === 'before' && (
        <BeforeField value={value.before} onChange={(before) => onChange({ ...value, before })} />
      )}
      {radio('own', t`Another date and time`)}
      {value.choice === 'own' && (
        <div className={styles.own}>
          <TextField
            type="date"
            label={t`Date`}
            value={value.day}
            onChange={({ target }) => onChange({ ...value, day: target.value })}
          />
          <TextField
            type="time"
            label={t({ message: 'Time', context: 'time of day' })}
            value={value.clock}
            onChange={({ target }) => onChange({ ...value, clock: target.value })}
          />
        </div>
      )}
    </div>
  );
}

function BeforeField({ value, onChange }: { value: string; onChange: (before: string) => void }) {
  const { t } = useLingui();
  const names = [t`At the time it is due`, t`1 hour before`, t`1 day before`, t`1 week before`];
  return (
    <Select
      label={t`How long before`}
      hint={t`It moves with the due date. A day without a time counts as 09:00.`}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      {BEFORE.map((each, at) => (
        <option key={each} value={each}>
          {names[at]}
        </option>
      ))}
    </Select>
  );
}
