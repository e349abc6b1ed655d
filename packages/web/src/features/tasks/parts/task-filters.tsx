import { useLingui } from '@lingui/react/macro';
import { Segmented } from '../../../ui/choice/choice.tsx';
import { Select, TextField } from '../../../ui/field/text-field.tsx';
import { BoardIcon, ListIcon } from '../../../ui/icons.ts';
import type { TaskFilters } from '../model.ts';
import styles from './tasks.module.css';

/** The filters of the list. */
export function TaskFilterBar({
  filters,
  onChange,
}: {
  filters: TaskFilters;
  onChange: (part: Partial<TaskFilters>) => void;
}) {
  const { t } = useLingui();
  return (
    <div className={styles.filters}>
      <Segmented
        label={t`View`}
        value={filters.view ?? 'list'}
        options={[
          { value: 'list', label: t`List`, icon: ListIcon },
          { value: 'board', label: t`Board`, icon: BoardIcon },
        ]}
        onChange={(view) => onChange({ view: view === 'board' ? 'board' : undefined })}
      />
      <Segmented
        label={t`Whose tasks`}
        value={filters.scope}
        options={[
          { value: 'mine', label: t`Mine` },
          { value: 'visible', label: t`Everyone` },
        ]}
        onChange={(scope) => onChange({ scope })}
      />
      {filters.view !== 'board' && (
        <Segmented
          label={t`Status`}
          value={filters.status}
          options={[
            { value: 'open', label: t`Open` },
            { value: 'completed', label: t`Completed` },
          ]}
          onChange={(status) => onChange({ status })}
        />
      )}
      <Select
        hideLabel
        label={t`Priority`}
        value={filters.priority ?? ''}
        onChange={({ target }) => onChange({ priority: (target.value || undefined) as TaskFilters['priority'] })}
      >
        <option value="">{t`Any priority`}</option>
        <option value="high">{t`High`}</option>
        <option value="medium">{t`Medium`}</option>
        <option value="low">{t`Low`}</option>
      </Select>
      <TextField
        hideLabel
        type="search"
        label={t`Find in titles and descriptions`}
        placeholder={t`Find`}
        maxLength={200}
        defaultValue={filters.q ?? ''}
        onChange={({ target }) => onChange({ q: target.value || undefined })}
      />
    </div>
  );
}
