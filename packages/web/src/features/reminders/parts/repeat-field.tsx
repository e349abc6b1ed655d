import { useLingui } from '@lingui/react/macro';
import { useRuleText } from '../../../i18n/use-rule-text.ts';
import { Select } from '../../../ui/field/text-field.tsx';
import { RULES } from '../model.ts';

/** How often a reminder comes back; a rule that was made elsewhere stays until another one is chosen. */
export function RepeatField({ rule, onChange }: { rule: string; onChange: (rule: string) => void }) {
  const { t } = useLingui();
  const text = useRuleText();
  const rules = rule === '' || RULES.includes(rule) ? RULES : [...RULES, rule];
  return (
    <Select label={t`Repeats`} value={rule} onChange={({ target }) => onChange(target.value)}>
      <option value="">{t`Never`}</option>
      {rules.map((each) => (
        <option key={each} value={each}>
          {text(each)}
        </option>
      ))}
    </Select>
  );
}
