// What one would write without much thought: Express, one SELECT, bcryptjs at its usual cost, one INSERT. No limits, no
// second factor, no audit log, no rotation.
import { randomBytes } from 'node:crypto';
import process from 'node:process';
import bcrypt from 'bcryptjs';
import express, { json } from 'express';
import pg from 'pg';

const COST = 10;
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
await pool.query(`
  create table if not exists users (id bigserial primary key, email text unique not null, password_hash text not null);
  create table if not exists sessions (
    token text primary key, user_id bigint not null, created_at timestamptz not null default now()
  );
`);

interface Credentials {
  email: string;
  password: string;
}

const app = express();
app.use(json());
app.post('/register', async (request, response) => {
  const { email, password } = request.body as Credentials;
  await pool.query('insert into users (email, password_hash) values ($1, $2)', [
    email,
    await bcrypt.hash(password, COST),
  ]);
  response.status(201).json({});
});
app.post('/login', async (request, response) => {
  const { email, password } = request.body as Credentials;
  const { rows } = await pool.query('select id, password_hash from users where email = $1', [email]);
  const [user] = rows;
  if (user === undefined || !(await bcrypt.compare(password, user.password_hash))) {
    response.status(401).json({});
    return;
  }
  const token = randomBytes(32).toString('hex');
  await pool.query('insert into sessions (token, user_id) values ($1, $2)', [token, user.id]);
  response.json({ token });
});
app.listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('ready\n'));
