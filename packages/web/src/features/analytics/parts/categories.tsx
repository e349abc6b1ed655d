import type { Analytics } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { Shares } from './shares.tsx';

/** Categories that are shown one by one. */
const SHOWN = 8;

/** Tasks by category, the largest first. */
export function Categories({ categories }: { categories: Analytics['categoryData'] }) {
  const { t } = useLingui();
  const { number } = useFormats();
  return (
    <Shares
      label={t`Tasks by category`}
      shares={categories.slice(0, SHOWN).map(({ category, count, percent }) => ({
        key: category,
        name: category === 'Uncategorized' ? t`Uncategorized` : category,
        value: count,
        shown: number(count),
        part: percent,
      }))}
    />
  );
}
