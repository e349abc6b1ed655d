import { useLingui } from '@lingui/react/macro';
import { useLive } from '../../../live/use-live.ts';
import { DateField } from '../../../ui/field/date-field.tsx';
import { Select } from '../../../ui/field/text-field.tsx';
import { titleOf } from '../../chat/index.ts';
import type { SearchMark, SearchQuery } from '../model/query.ts';
import styles from './search.module.css';

const sameOptions = (one: readonly { id: string; name: string }[], other: readonly { id: string; name: string }[]) =>
  one.length === other.length && one.every(({ id, name }, at) => id === other[at]?.id && name === other[at]?.name);

/** Where, from whom, when, and with what. */
export function SearchFilters({ query, onChange }: { query: SearchQuery; onChange: (part: SearchQuery) => void }) {
  const { t } = useLingui();
  const onlyMe = t`Only you`;
  const conversations = useLive(
    (state) =>
      Object.values(state.conversations)
        .map((each) => ({ id: each.id, name: (each.kind === 'channel' ? '# ' : '') + titleOf(state, each, onlyMe) }))
        .sort((one, other) => one.name.localeCompare(other.name)),
    sameOptions,
  );
  const people = useLive((state) => {
    const all = Object.values(state.workspaces).flatMap(({ members }) =>
      Object.values(members).map(({ user }) => user),
    );
    return [...new Map(all.map(({ id, name }) => [id, { id, name }])).values()].sort((one, other) =>
      one.name.localeCompare(other.name),
    );
  }, sameOptions);
  const has = query.has?.[0] ?? '';
  return (
    <div className={styles.filters}>
      <Select
        label={t`In`}
        value={query.in ?? ''}
        onChange={({ target }) => onChange({ in: target.value || undefined })}
      >
        <option value="">{t`Everywhere`}</option>
        {options(conversations)}
      </Select>
      <Select
        label={t({ message: 'From', context: 'sender' })}
        value={query.from ?? ''}
        onChange={({ target }) => onChange({ from: target.value || undefined })}
      >
        <option value="">{t`Anybody`}</option>
        {options(people)}
      </Select>
      <DateField label={t`Since`} day={query.after ?? ''} onDay={(day) => onChange({ after: day || undefined })} />
      <DateField label={t`Before`} day={query.before ?? ''} onDay={(day) => onChange({ before: day || undefined })} />
      <Select
        label={t`Has`}
        value={has}
        onChange={({ target }) => onChange({ has: target.value === '' ? undefined : [target.value as SearchMark] })}
      >
        <option value="">{t`Anything`}</option>
        <option value="link">{t`A link`}</option>
        <option value="reaction">{t`A reaction`}</option>
        <option value="pin">{t`A pin`}</option>
        <option value="file">{t`A file`}</option>
      </Select>
      <Select
        label={t({ message: 'Order', context: 'sorting' })}
        value={query.order ?? 'newest'}
        onChange={({ target }) => onChange({ order: target.value as 'newest' | 'best' })}
      >
        <option value="newest">{t`Newest first`}</option>
        <option value="best">{t`Best first`}</option>
      </Select>
    </div>
  );
}

const options = (things: readonly { id: string; name: string }[]) =>
  things.map(({ id, name }) => (
    <option key={id} value={id} dir="auto">
      {name}
    </option>
  ));
