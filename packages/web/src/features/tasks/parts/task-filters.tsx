import { useLingui } from '@lingui/react/macro';
import { useLive } from '../../../live/use-live.ts';
import { Segmented } from '../../../ui/choice/choice.tsx';
import { Select, TextField } from '../../../ui/field/text-field.tsx';
import { BoardIcon, ListIcon } from '../../../ui/icons.ts';
import { ORDERS, type TaskFilters, type TaskOrder } from '../model.ts';
import styles from './tasks.module.css';

/** The filters of the list and of the board, and the order of the list. */
export function TaskFilterBar({
  workspaceId,
  filters,
  onChange,
}: {
  workspaceId: string;
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
        onChange={(scope) => onChange({ scope, member: undefined })}
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
      {filters.scope === 'visible' && <PersonSelect workspaceId={workspaceId} filters={filters} onChange={onChange} />}
      {filters.view !== 'board' && filters.status === 'open' && <OrderSelect filters={filters} onChange={onChange} />}
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

interface PartProps {
  filters: TaskFilters;
  onChange: (part: Partial<TaskFilters>) => void;
}

function PersonSelect({ workspaceId, filters, onChange }: PartProps & { workspaceId: string }) {
  const { t } = useLingui();
  const members = useLive(({ workspaces }) => workspaces[workspaceId]?.members);
  const people = Object.values(members ?? {})
    .map(({ user }) => user)
    .sort((one, other) => one.name.localeCompare(other.name));
  const hasLeft = members !== undefined && filters.member !== undefined && members[filters.member] === undefined;
  return (
    <Select
      hideLabel
      label={t`Person`}
      value={filters.member ?? ''}
      onChange={({ target }) => onChange({ member: target.value || undefined })}
    >
      <option value="">{t`Anybody`}</option>
      {people.map(({ id, name }) => (
        <option key={id} value={id} dir="auto">
          {name}
        </option>
      ))}
      {hasLeft && <option value={filters.member}>{t`Somebody who left`}</option>}
    </Select>
  );
}

function OrderSelect({ filters, onChange }: PartProps) {
  const { t } = useLingui();
  const names: Readonly<Record<TaskOrder, string>> = {
    due: t`By due date`,
    priority: t`By priority`,
    created: t`Newest first`,
    title: t`By title`,
    manual: t`As on the board`,
  };
  const choose = (order: TaskOrder) => onChange({ order: order === 'due' ? undefined : order });
  return (
    <Select
      hideLabel
      label={t({ message: 'Order', context: 'sorting' })}
      value={filters.order ?? 'due'}
      onChange={({ target }) => choose(target.value as TaskOrder)}
    >
      {ORDERS.map((order) => (
        <option key={order} value={order}>
          {names[order]}
        </option>
      ))}
    </Select>
  );
}
