import type { CounterSample, InstanceCheck, InstanceCounters } from '@atrium/protocol';
import type { Point } from '../../ui/charts/line-chart.tsx';

/** Which accounts are listed; typed search parameters. */
export interface UserFilters {
  q?: string | undefined;
  role?: 'user' | 'admin' | undefined;
  status?: 'active' | 'disabled' | 'unverified' | undefined;
}

type Search = Readonly<Record<string, unknown>>;

const oneOf = <Value extends string>(values: readonly Value[], value: unknown): Value | undefined =>
  values.find((each) => each === value);
const textOf = (value: unknown, most: number): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, most) : undefined;

const ROLES = ['user', 'admin'] as const;
const STATUSES = ['active', 'disabled', 'unverified'] as const;
const MAIL_STATES = ['queued', 'sent', 'all'] as const;

/** Reads the filters from an address; what is unknown is left out. Pure. */
export function readUserFilters({ q, role, status }: Search): UserFilters {
  return { q: textOf(q, 100), role: oneOf(ROLES, role), status: oneOf(STATUSES, status) };
}

/** Which entries of the audit log are listed. */
export interface AuditFilters {
  kind?: string | undefined;
  /** Of one person: did it, or it happened to them. */
  user?: string | undefined;
  /** Days in the zone of the reader, both included. */
  from?: string | undefined;
  to?: string | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const dayOf = (value: unknown): string | undefined =>
  typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;

/** The same for the audit log. Pure. */
export function readAuditFilters({ kind, user, from, to }: Search): AuditFilters {
  return {
    kind: typeof kind === 'string' && /^[a-z_]{3,40}$/.test(kind) ? kind : undefined,
    user: textOf(user, 36),
    from: dayOf(from),
    to: dayOf(to),
  };
}

/** Which mails are listed. */
export interface MailFilters {
  /** Failed ones unless given. */
  state?: 'queued' | 'sent' | 'all' | undefined;
}

/** The same for mails. Pure. */
export function readMailFilters({ state }: Search): MailFilters {
  return { state: oneOf(MAIL_STATES, state) };
}

/** Which workspaces are listed. */
export interface WorkspaceFilters {
  q?: string | undefined;
  /** Without personal ones unless given. */
  show?: 'all' | undefined;
}

/** The same for workspaces. Pure. */
export function readWorkspaceFilters({ q, show }: Search): WorkspaceFilters {
  return { q: textOf(q, 100), show: oneOf(['all'], show) };
}

/** What is counted. */
export type CounterName = keyof Omit<CounterSample, 'at'>;

/** A counter over time, up to its value now. Pure. */
export function pointsOf(
  samples: readonly CounterSample[],
  name: CounterName,
  now: InstanceCounters | undefined,
): Point[] {
  const points = samples.map((sample) => ({ at: Date.parse(sample.at), value: sample[name] }));
  return now === undefined ? points : [...points, { at: Date.parse(now.at), value: now[name] }];
}

const HOUR_MS = 3_600_000;

/** The highest value of each hour that has any, the latest first. Pure. */
export function highestByHour(points: readonly Point[]): Point[] {
  const hours = Map.groupBy(points, ({ at }) => Math.floor(at / HOUR_MS) * HOUR_MS);
  return [...hours]
    .map(([at, all]) => ({ at, value: Math.max(...all.map(({ value }) => value)) }))
    .sort((one, other) => other.at - one.at);
}

/** An address with what is given as search parameters. Pure. */
export function addressOf(path: string, parameters: object): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const search = new URLSearchParams(given).toString();
  return search === '' ? path : `${path}?${search}`;
}

const BY_STATUS: readonly InstanceCheck['status'][] = ['failed', 'warning', 'ok'];

/** Sorts checks by how bad their result is, otherwise as they were made. Pure. */
export function worstFirst(checks: readonly InstanceCheck[]): InstanceCheck[] {
  return checks.toSorted((a, b) => BY_STATUS.indexOf(a.status) - BY_STATUS.indexOf(b.status));
}
