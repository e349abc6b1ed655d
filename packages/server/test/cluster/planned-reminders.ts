/** Plans a number of reminders of type $5 for one time, which $3 gives relative to now. */
export const PLAN = `
  with wanted as (
    select gen_random_uuid() as id, n, now() + $3::interval as at from generate_series(1, $2::int) n
  ), written as (
    insert into reminder (id, account_id, created_by, message, type, scheduled_at, zone, status, created_at, updated_at)
    select id, $1::uuid, $1::uuid, 'Water plant ' || $4::text || n, $5::text, at, 'UTC', 'open', now(), now() from wanted
  )
  insert into delivery (id, account_id, kind, subject, occurrence, channel, due_at, next_at, useful_until)
  select gen_random_uuid(), $1::uuid, 'reminder', id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'app', at, at,
    at + interval '30 days' from wanted
`;

/** The sent notifications. */
export const NOTICES = `select substring(body from 'Water plant \\w+') as effect from notification where type = 'reminder'`;
/** The sent mails. */
export const MAILS = `select substring(body from 'Water plant \\w+') as effect from written_mail where subject = 'Reminder'`;
