import { Trans, useLingui } from '@lingui/react/macro';
import { dayAfter } from '../../../i18n/days.ts';
import { useFormats } from '../../../i18n/formats.ts';
import { useLive } from '../../../live/use-live.ts';
import { Button, IconButton } from '../../../ui/button/button.tsx';
import { Segmented } from '../../../ui/choice/choice.tsx';
import { Select } from '../../../ui/field/text-field.tsx';
import { ChevronLeftIcon, ChevronRightIcon, DownloadIcon, PlusIcon, PrivateIcon } from '../../../ui/icons.ts';
import { MenuButton } from '../../../ui/menu/menu.tsx';
import { useWorkspaceCan } from '../../workspaces/index.ts';
import { exportTime } from '../commands.ts';
import type { TimeQuery } from '../model.ts';
import styles from './time.module.css';

export interface TimeBarProps {
  workspaceId: string;
  query: TimeQuery;
  days: readonly string[];
  userId: string | undefined;
  onChange: (part: TimeQuery) => void;
  onAdd: () => void;
  onLocks: () => void;
}

/** Which time is shown, and what can be done with it. */
export function TimeBar({ workspaceId, query, days, userId, onChange, onAdd, onLocks }: TimeBarProps) {
  const { t } = useLingui();
  const { dateOfDay } = useFormats();
  const can = useWorkspaceCan(workspaceId);
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const save = (format: 'csv' | 'xlsx' | 'pdf') =>
    void exportTime({ workspaceId, from: first, to: last, format, ...(userId !== undefined && { userId }) });
  return (
    <div className={styles.bar}>
      <div className={styles.range}>
        <IconButton
          icon={ChevronLeftIcon}
          label={t`Previous week`}
          onClick={() => onChange({ from: dayAfter(query.from ?? first, -7) })}
        />
        <span className={styles.span}>
          {dateOfDay(first)} – {dateOfDay(last)}
        </span>
        <IconButton
          icon={ChevronRightIcon}
          label={t`Next week`}
          onClick={() => onChange({ from: dayAfter(query.from ?? first, 7) })}
        />
        {query.from !== undefined && (
          <Button variant="plain" size={28} onClick={() => onChange({ from: undefined })}>
            <Trans>Today</Trans>
          </Button>
        )}
      </div>
      <div className={styles.views}>
        <Segmented
          label={t`View`}
          value={query.by ?? 'week'}
          options={[
            { value: 'week', label: t`Week` },
            { value: 'day', label: t`Day` },
          ]}
          onChange={(by) => onChange({ by: by === 'day' ? 'day' : undefined })}
        />
      </div>
      {can?.update && <Who workspaceId={workspaceId} who={query.who} onChange={(who) => onChange({ who })} />}
      <div className={styles.actions}>
        {can?.update && (
          <Button icon={PrivateIcon} onClick={onLocks}>
            <Trans>Lock…</Trans>
          </Button>
        )}
        <MenuButton
          label={t`Export`}
          icon={DownloadIcon}
          entries={[
            { label: t`CSV, for spreadsheets`, onSelect: () => save('csv') },
            { label: t`Excel workbook`, onSelect: () => save('xlsx') },
            { label: t`PDF, for printing`, onSelect: () => save('pdf') },
          ]}
        >
          <Trans>Export</Trans>
        </MenuButton>
        <Button variant="primary" icon={PlusIcon} onClick={onAdd}>
          <Trans>Add time</Trans>
        </Button>
      </div>
    </div>
  );
}

/** Whose time; for those who run the workspace. */
function Who({
  workspaceId,
  who,
  onChange,
}: {
  workspaceId: string;
  who: string | undefined;
  onChange: (who: string | undefined) => void;
}) {
  const { t } = useLingui();
  const myId = useLive(({ me }) => me?.id);
  const members = useLive(({ workspaces }) => workspaces[workspaceId]?.members);
  const others = Object.values(members ?? {})
    .map(({ user }) => user)
    .filter(({ id }) => id !== myId)
    .sort((one, other) => one.name.localeCompare(other.name));
  return (
    <Select
      hideLabel
      label={t`Whose time`}
      value={who ?? ''}
      onChange={({ target }) => onChange(target.value || undefined)}
    >
      <option value="">{t`My time`}</option>
      <option value="all">{t`Everyone`}</option>
      {others.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}
