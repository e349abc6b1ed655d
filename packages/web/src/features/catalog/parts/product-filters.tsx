import { useLingui } from '@lingui/react/macro';
import { Checkbox } from '../../../ui/choice/choice.tsx';
import { Select, TextField } from '../../../ui/field/text-field.tsx';
import { type ProductFilters, readProductFilters } from '../model.ts';
import styles from './catalog.module.css';

/** Which products are shown. @param forStaff with those that were taken out of the shop */
export function ProductFilterBar({
  filters,
  forStaff,
  onChange,
}: {
  filters: ProductFilters;
  forStaff?: boolean;
  onChange: (filters: ProductFilters) => void;
}) {
  const { t } = useLingui();
  const change = (part: Record<string, unknown>) => onChange(readProductFilters({ ...filters, ...part }));
  return (
    <div className={styles.filters}>
      <TextField
        hideLabel
        type="search"
        label={t`Find by name`}
        placeholder={t`Find by name`}
        maxLength={100}
        defaultValue={filters.q ?? ''}
        onChange={({ target }) => change({ q: target.value })}
      />
      {forStaff && (
        <Select
          hideLabel
          label={t`Which`}
          value={filters.show ?? ''}
          onChange={({ target }) => change({ show: target.value })}
        >
          <option value="">{t`All`}</option>
          <option value="active">{t`In the shop`}</option>
          <option value="inactive">{t`Archived`}</option>
        </Select>
      )}
      <Select
        hideLabel
        label={t({ message: 'Order', context: 'sorting' })}
        value={filters.sort ?? ''}
        onChange={({ target }) => change({ sort: target.value })}
      >
        <option value="">{t`Newest first`}</option>
        <option value="name">{t`By name`}</option>
        <option value="price">{t`By price`}</option>
      </Select>
      <Checkbox
        label={t`In stock`}
        checked={filters.inStock ?? false}
        onChange={({ target }) => change({ inStock: target.checked })}
      />
    </div>
  );
}
