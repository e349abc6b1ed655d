import { useLingui } from '@lingui/react/macro';
import { Segmented } from '../../../ui/choice/choice.tsx';
import { Select } from '../../../ui/field/text-field.tsx';
import { type NotificationFilters, readNotificationFilters, TYPES } from '../model.ts';
import { useTypeNames } from './notification-text.ts';
import styles from './notifications.module.css';

/** Which notifications are shown. */
export function NotificationFilterBar({
  filters,
  onChange,
}: {
  filters: NotificationFilters;
  onChange: (part: NotificationFilters) => void;
}) {
  const { t } = useLingui();
  const names = useTypeNames();
  return (
    <div className={styles.filters}>
      <Segmented
        label={t`Which`}
        value={filters.unread ? 'unread' : 'all'}
        options={[
          { value: 'all', label: t`All` },
          { value: 'unread', label: t`Unread` },
        ]}
        onChange={(which) => onChange({ unread: which === 'unread' || undefined })}
      />
      <Select
        hideLabel
        label={t`Kind`}
        value={filters.type ?? ''}
        onChange={({ target }) => onChange({ type: readNotificationFilters({ type: target.value }).type })}
      >
        <option value="">{t`Every kind`}</option>
        {TYPES.map((type) => (
          <option key={type} value={type}>
            {names[type]}
          </option>
        ))}
      </Select>
    </div>
  );
}
