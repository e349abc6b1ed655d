import { useLingui } from '@lingui/react/macro';
import { useOperation } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { DateField } from '../../../ui/field/date-field.tsx';
import { Select } from '../../../ui/field/text-field.tsx';
import { CloseIcon } from '../../../ui/icons.ts';
import type { AuditFilters } from '../model.ts';
import styles from './admin.module.css';
import { useAuditKinds } from './audit-kinds.ts';

/** Which entries of the audit log are shown. */
export function AuditFilterBar({
  filters: { kind, user, from, to },
  personName,
  onChange,
}: {
  filters: AuditFilters;
  personName: string | undefined;
  onChange: (part: AuditFilters) => void;
}) {
  const { t } = useLingui();
  const kindName = useAuditKinds();
  const kinds = useOperation('audit.list', { limit: 1 }).data?.kinds ?? [];
  const named = kinds.map((value) => ({ value, name: kindName(value) })).sort((a, b) => a.name.localeCompare(b.name));
  const person = personName ?? t`one person`;
  return (
    <div className={styles.filters}>
      <Select
        label={t`What`}
        value={kind ?? ''}
        onChange={({ target }) => onChange({ kind: target.value || undefined })}
      >
        <option value="">{t`Everything`}</option>
        {named.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </Select>
      <DateField label={t`From`} max={to} day={from ?? ''} onDay={(day) => onChange({ from: day || undefined })} />
      <DateField label={t`To`} min={from} day={to ?? ''} onDay={(day) => onChange({ to: day || undefined })} />
      {user !== undefined && (
        <Button icon={CloseIcon} onClick={() => onChange({ user: undefined })}>
          {t`Only ${person}`}
        </Button>
      )}
    </div>
  );
}
