import type { Analytics } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import type { CSSProperties } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { classes } from '../../../ui/classes.ts';
import { partOf } from '../model.ts';
import styles from './progress.module.css';

/** Categories that are shown one by one. */
const SHOWN = 8;
const TONES = [styles.tone1, styles.tone2, styles.tone3, styles.tone4, styles.tone5];

/** Tasks by category, the largest first. */
export function Categories({ categories }: { categories: Analytics['categoryData'] }) {
  const { t } = useLingui();
  const { number, percent } = useFormats();
  const most = categories[0]?.count ?? 0;
  return (
    <ul className={styles.categories} aria-label={t`Tasks by category`}>
      {categories.slice(0, SHOWN).map(({ category, count, percent: part }, at) => (
        <li key={category} className={styles.category}>
          <span className={styles.categoryName} dir="auto">
            {category === 'Uncategorized' ? t`Uncategorized` : category}
          </span>
          <span className={styles.categoryTrack}>
            <span
              className={classes(styles.categoryBar, TONES[at] ?? styles.tone6)}
              style={{ '--part': partOf(count, most) } as CSSProperties}
            />
          </span>
          <span className={styles.categoryCount}>{number(count)}</span>
          <span className={styles.categoryPart}>{percent(part)}</span>
        </li>
      ))}
    </ul>
  );
}
