import type { OutputNamed } from '@atrium/client';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Banner } from '../../../ui/feedback/banner.tsx';
import { DoneIcon, InfoIcon, WarningIcon } from '../../../ui/icons.ts';
import { List, Row } from '../../../ui/layout/pane.tsx';

/** The faulty lines that are shown; nobody reads more at once. */
const SHOWN = 50;

/** What became of an import, or what would. */
export function ImportReport({ report }: { report: OutputNamed<'products.import'> }) {
  const { t } = useLingui();
  const { created, failed, imported, rows, unchanged, updated } = report;
  const faulty = rows.filter(({ outcome }) => outcome === 'failed');
  const counts = [
    plural(created, { one: '# new product', other: '# new products' }),
    plural(updated, { one: '# changed', other: '# changed' }),
    plural(unchanged, { one: '# as it is', other: '# as they are' }),
    plural(failed, { one: '# faulty line', other: '# faulty lines' }),
  ].join(' · ');
  return (
    <div role="status">
      <Banner
        tone={imported ? 'leaf' : failed > 0 ? 'amber' : 'pool'}
        icon={imported ? DoneIcon : failed > 0 ? WarningIcon : InfoIcon}
      >
        {imported ? t`Imported: ${counts}` : t`It would be: ${counts}`}
      </Banner>
      {faulty.length > 0 && (
        <List label={t`Faulty lines`}>
          {faulty.slice(0, SHOWN).map(({ row, errors }) => (
            <Row key={row} sub={errors.map(({ column, message }) => `${column} ${message}`).join(', ')}>
              {t`Line ${row}`}
            </Row>
          ))}
        </List>
      )}
    </div>
  );
}
