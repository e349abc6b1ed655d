/** Days of a workspace whose time entries can no longer change. */
export interface PeriodLockRow {
  id: string;
  workspace_id: string;
  /** YYYY-MM-DD, like the last day. */
  first_day: string;
  last_day: string;
  time_zone: string;
  from_at: Date;
  to_at: Date;
  locked_by: string;
  locked_at: Date;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    period_lock: PeriodLockRow;
  }
}
