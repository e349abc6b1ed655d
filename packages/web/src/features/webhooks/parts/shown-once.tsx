import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '../../../ui/button/button.tsx';
import { CopyField } from '../../workspaces/index.ts';
import { curlLine } from '../model.ts';
import styles from './webhooks.module.css';

/** What was pressed before is gone, and this is what to look at. */
const takeFocus = (element: HTMLElement | null) => element?.focus();

/** The secret of an endpoint, as long as it is shown. */
export function ShownSecret({ secret, onDone }: { secret: string; onDone: () => void }) {
  const { t } = useLingui();
  return (
    <section ref={takeFocus} tabIndex={-1} aria-label={t`Shown once`} className={styles.shown}>
      <CopyField label={t`Secret of the signatures`} value={secret} hint={t`Keep it now: it is not shown again.`} />
      <Done onDone={onDone} />
    </section>
  );
}

/** The address of a webhook, as long as it is shown. */
export function ShownAddress({ name, url, onDone }: { name: string; url: string; onDone: () => void }) {
  const { t } = useLingui();
  return (
    <section ref={takeFocus} tabIndex={-1} aria-label={t`Shown once`} className={styles.shown}>
      <CopyField
        label={t`Address of ${name}`}
        value={url}
        hint={t`Copy it now: it is not shown again. Anyone who has it can post.`}
      />
      <CopyField label={t`To try it in a terminal`} value={curlLine(url, t`Hello from a program`)} />
      <Done onDone={onDone} />
    </section>
  );
}

function Done({ onDone }: { onDone: () => void }) {
  return (
    <div>
      <Button size={28} onClick={onDone}>
        <Trans>I have kept it</Trans>
      </Button>
    </div>
  );
}
