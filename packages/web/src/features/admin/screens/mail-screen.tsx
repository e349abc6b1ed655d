import type { SentMail } from '@atrium/protocol';
import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { useOperationPages } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Segmented } from '../../../ui/choice/choice.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { Chip } from '../../../ui/text/chip.tsx';
import { resendMail } from '../commands.ts';
import { addressOf, type MailFilters } from '../model.ts';
import styles from '../parts/admin.module.css';
import { AdminFrame } from '../parts/admin-frame.tsx';
import { PagedList } from '../parts/paged-list.tsx';

/** `/admin/mail`: what became of the mails of the instance. */
export function MailScreen({ filters }: { filters: MailFilters }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const shown = filters.state ?? 'failed';
  const pages = useOperationPages('mails.list', shown === 'all' ? {} : { state: shown });
  return (
    <AdminFrame part="mail" intro={t`The mails of the last 30 days, without their texts.`}>
      <div className={styles.above}>
        <Segmented
          label={t`Which`}
          value={shown}
          options={[
            { value: 'failed', label: t`Failed` },
            { value: 'queued', label: t`Waiting` },
            { value: 'sent', label: t`Sent` },
            { value: 'all', label: t`All` },
          ]}
          onChange={(state) =>
            navigate(addressOf('/admin/mail', { state: state === 'failed' ? undefined : state }), { replace: true })
          }
        />
      </div>
      <PagedList
        label={t`Mails`}
        pages={pages}
        failure={t`The mails could not be loaded`}
        empty={<Nothing state={shown} />}
      >
        {(mail) => <MailRow key={mail.id} mail={mail} />}
      </PagedList>
    </AdminFrame>
  );
}

function Nothing({ state }: { state: NonNullable<MailFilters['state']> | 'failed' }) {
  const { t } = useLingui();
  if (state === 'failed') {
    return (
      <EmptyState title={t`No mail has failed`}>
        <Trans>When a mail server refuses one, its words stand here, and you can send it again.</Trans>
      </EmptyState>
    );
  }
  return <EmptyState title={state === 'queued' ? t`No mail waits` : t`No mail was sent yet`} />;
}

function MailRow({ mail }: { mail: SentMail }) {
  const { t } = useLingui();
  const { full, recent } = useFormats();
  const [isBusy, setBusy] = useState(false);
  const { attempts, canResend, createdAt, error, id, nextAttemptAt, sentAt, state, subject, to } = mail;
  const states = {
    queued: <Chip tone="amber">{t`Waiting`}</Chip>,
    sent: <Chip tone="leaf">{t`Sent`}</Chip>,
    failed: <Chip tone="brick">{t`Failed`}</Chip>,
  };
  const again = async () => {
    setBusy(true);
    await resendMail(id, t`It was not sent again`);
    setBusy(false);
  };
  return (
    <li className={styles.entry}>
      <div className={styles.entryHead}>
        <strong dir="auto">{to}</strong>
        {states[state]}
        <time dateTime={sentAt ?? createdAt} className={styles.time} data-tip={full(sentAt ?? createdAt)}>
          {recent(sentAt ?? createdAt)}
        </time>
        {canResend && (
          <Button size={28} busy={isBusy} aria-label={t`Send again to ${to}`} onClick={() => void again()}>
            <Trans>Send again</Trans>
          </Button>
        )}
      </div>
      <p className={styles.facts} dir="auto">
        {subject || t`Without a subject: it was sent, or it holds a code`}
        {' · '}
        {plural(attempts, { one: '# attempt', other: '# attempts' })}
        {state === 'queued' && nextAttemptAt !== null && ` · ${t`next ${recent(nextAttemptAt)}`}`}
      </p>
      {error !== null && <p className={styles.problem}>{error}</p>}
    </li>
  );
}
