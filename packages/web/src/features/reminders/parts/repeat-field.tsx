import { useLingui } from '@lingui/react/macro';
import { Select } from '../../../ui/field/text-field.tsx';
import { RULES } from '../model.ts';

/** How often a reminder comes back; a rule that was made elsewhere stays until another one is chosen. */
export function RepeatField({ rule, onChange }: { rule: string; onChange: (rule: string) => void }) {
  const { t } = useLingui();
  const names = [t`Every day`, t`Every week`, t`Every month`];
  const isOther = rule !== '' && !RULES.includes(rule);
  return (
    <Select label={t`Repeats`} value={rule} onChange={({ target }) => onChange(target.value)}>
      <option value="">{t`Never`}</option>
      {RULES.map((each, at) => (
        <option key={each} value={each}>
          {names[at]}
        </option>
      ))}
      {isOther && <option value={rule}>{rule}</option>}
    </Select>
  );
}
