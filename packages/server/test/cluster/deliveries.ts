import pg from 'pg';

/** The development mailbox keeps only the newest mails: here every one is recorded when it is written. */
const REMEMBER = `
  create table written_mail (address text, subject text, body text);
  create function remember_mail() returns trigger language plpgsql as $$
    begin insert into written_mail values (new.to_address, new.subject, new.text); return new; end $$;
  create trigger remember after insert on mail for each row execute function remember_mail();
`;

type Cleanup = (clean: () => Promise<void>) => void;

export async function openClient(databaseUrl: string, cleanup: Cleanup): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  cleanup(() => client.end());
  return client;
}

/** Starts to record each mail in the table `written_mail`, and allows mails to people who have not verified theirs. */
export async function rememberMails(client: pg.Client): Promise<void> {
  await client.query('update account set email_verified_at = now() where email_verified_at is null');
  await client.query(REMEMBER);
}

/** How often something was done, and how many of these were repetitions. */
export interface Effects {
  done: number;
  repeated: number;
}

/** Counts the results of a query, one row with a column `effect` for each effect. */
export async function countEffects(client: pg.Client, effects: string): Promise<Effects> {
  const { rows } = await client.query<Effects>(
    `select count(*)::int as done, (count(*) - count(distinct effect))::int as repeated from (${effects}) e`,
  );
  return rows[0] ?? { done: 0, repeated: 0 };
}

/** A worker without claims: it sends the planned deliveries it finds, then marks them. */
async function sendWithoutClaims(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ id: string }>(
      "select id from naive_delivery where state = 'planned' limit 50",
    );
    if (rows.length === 0) return;
    for (const { id } of rows) await client.query('insert into naive_effect values ($1)', [id]);
    await client.query("update naive_delivery set state = 'sent' where id = any($1)", [rows.map(({ id }) => id)]);
  }
}

/**
 * The twin of tests of deliveries: two workers without claims make the same deliveries again. @returns what they did
 */
export async function twinWithoutClaims(databaseUrl: string, cleanup: Cleanup): Promise<Effects> {
  const clients = await Promise.all([1, 2].map(() => openClient(databaseUrl, cleanup)));
  const [client] = clients;
  if (client === undefined) throw new RangeError('There is no client.');
  await client.query(`create table naive_effect (effect text);
    create table naive_delivery as select id, 'planned' as state from delivery`);
  await Promise.all(clients.map(sendWithoutClaims));
  return await countEffects(client, 'select effect from naive_effect');
}
