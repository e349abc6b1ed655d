import type { AuditLogEntry } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { deviceName } from '../../identity/index.ts';
import styles from './admin.module.css';
import { useAuditKinds } from './audit-kinds.ts';

/** One entry of the audit log; the rest of what is known of it unfolds. */
export function AuditRow({ entry }: { entry: AuditLogEntry }) {
  const { t } = useLingui();
  const { full, recent } = useFormats();
  const kindName = useAuditKinds();
  const { actor, at, details, device, ip, kind, requestId, targetId, targetName } = entry;
  const by = actor?.name ?? t`Nobody signed in`;
  const isOther = targetName !== null && targetName !== actor?.name;
  const origin = [deviceName(device), ip].filter(Boolean).join(', ');
  return (
    <li className={styles.entry}>
      <div className={styles.entryHead}>
        <strong>{kindName(kind)}</strong>
        <span className={styles.facts} dir="auto">
          {isOther ? t`${by}, about ${targetName}` : by}
        </span>
        <time dateTime={at} className={styles.time} data-tip={full(at)}>
          {recent(at)}
        </time>
      </div>
      <details className={styles.details}>
        <summary>{origin ? <span translate="no">{origin}</span> : t`Details`}</summary>
        <dl>
          <Fact name={<Trans>When</Trans>} value={full(at)} />
          <Fact name={<Trans context="network address">From</Trans>} value={ip} />
          <Fact name={<Trans>Device</Trans>} value={device} />
          <Fact name={<Trans>About</Trans>} value={targetId} />
          {Object.entries(details).map(([name, value]) => (
            <Fact key={name} name={<span translate="no">{name}</span>} value={String(value)} />
          ))}
          <Fact name={<Trans>Request</Trans>} value={requestId} />
        </dl>
      </details>
    </li>
  );
}

function Fact({ name, value }: { name: React.ReactNode; value: string | null }) {
  if (!value) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd translate="no">{value}</dd>
    </>
  );
}
