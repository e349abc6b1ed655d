import type { OutputNamed } from '@atrium/client';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Checkbox } from '../../../ui/choice/choice.tsx';
import { TextArea } from '../../../ui/field/text-field.tsx';
import { BackIcon, DownloadIcon } from '../../../ui/icons.ts';
import { Page, Section } from '../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { FormProblem } from '../../identity/index.ts';
import { exportProducts, importProducts } from '../commands.ts';
import { productsAddress } from '../model.ts';
import styles from '../parts/catalog.module.css';
import { FileButton } from '../parts/file-button.tsx';
import { ImportReport } from '../parts/import-report.tsx';
import { saveFile } from '../parts/save-file.ts';

type Report = OutputNamed<'products.import'>;

/** `/w/:id/desk/products/import`: all products as a table, in and out. Nothing is imported before it was looked at. */
export function ImportScreen({ workspaceId }: { workspaceId: string }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [csv, setCsv] = useState('');
  const [report, setReport] = useState<Report>();
  const [skipFaulty, setSkipFaulty] = useState(false);
  const [busy, setBusy] = useState<'check' | 'import' | 'export'>();
  const [problem, setProblem] = useState<string>();
  const attempt = async (what: typeof busy, action: () => Promise<void>) => {
    setBusy(what);
    setProblem(undefined);
    try {
      await action();
    } catch (error) {
      setProblem(problemText(error));
    }
    setBusy(undefined);
  };
  const take = (text: string) => {
    setCsv(text);
    setReport(undefined);
  };
  const look = () => attempt('check', async () => setReport(await importProducts({ workspaceId, csv, dryRun: true })));
  const carryOut = () =>
    attempt('import', async () => setReport(await importProducts({ workspaceId, csv, skipFaulty })));
  const save = () =>
    attempt('export', async () => saveFile('products.csv', 'text/csv', await exportProducts(workspaceId)));
  const isReady = report && !report.imported && (report.failed === 0 || skipFaulty);
  return (
    <Page
      title={t`Import and export`}
      actions={
        <Button icon={BackIcon} onClick={() => navigate(productsAddress(workspaceId))}>
          <Trans>All products</Trans>
        </Button>
      }
    >
      <Section title={<Trans>Export</Trans>}>
        <p className={styles.words}>
          <Trans>All products as a table. Change it and import it again: a line with an id changes that product.</Trans>
        </p>
        <Button icon={DownloadIcon} busy={busy === 'export'} onClick={() => void save()}>
          <Trans>Save as CSV</Trans>
        </Button>
      </Section>
      <Section title={<Trans>Import</Trans>}>
        <div className={styles.fields}>
          <FileButton accept=".csv,text/csv,text/plain" onText={take}>
            <Trans>Choose a file…</Trans>
          </FileButton>
          <TextArea
            label={t`Table as CSV`}
            hint={t`Columns: name, price, currency, and if you like id, description, stock, lowStock, active.`}
            rows={6}
            spellCheck={false}
            maxLength={900_000}
            value={csv}
            onChange={({ target }) => take(target.value)}
          />
          <span className={styles.buttons}>
            <Button
              busy={busy === 'check'}
              disabledReason={csv.trim() === '' ? t`There is no table yet` : undefined}
              onClick={() => void look()}
            >
              <Trans>Look what would happen</Trans>
            </Button>
            {report && !report.imported && (
              <Button
                variant="primary"
                busy={busy === 'import'}
                disabledReason={isReady ? undefined : t`Mend the faulty lines, or leave them out`}
                onClick={() => void carryOut()}
              >
                <Trans>Import</Trans>
              </Button>
            )}
          </span>
          {report && report.failed > 0 && !report.imported && (
            <Checkbox
              label={t`Leave the faulty lines out`}
              checked={skipFaulty}
              onChange={({ target }) => setSkipFaulty(target.checked)}
            />
          )}
          <FormProblem>{problem}</FormProblem>
          {report && <ImportReport report={report} />}
        </div>
      </Section>
    </Page>
  );
}
