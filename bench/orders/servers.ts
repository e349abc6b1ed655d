import type { ChildProcess } from 'node:child_process';
import { Agent, request } from 'node:http';
import type { Database } from '../../packages/server/src/platform/database/index.ts';
import { ended, freePort, postmaster, start } from '../lib/processes.ts';
import { makePeople } from '../presence/people.ts';

/** Far more than a run can order. */
const STOCK = 1_000_000;

/** A server that takes orders. */
export interface Subject {
  name: string;
  /** Roots of the processes whose CPU time counts, the database's among them. */
  pids: number[];
  /** Adds a product. @returns its id */
  sell(): Promise<string>;
  /** The n-th buyer orders one piece; rejects when that fails. */
  order(buyer: number, productId: string): Promise<void>;
  /** How many pieces are sold, by the stock that is left of these products. */
  sold(productIds: readonly string[]): Promise<number>;
  /** Closes all connections. */
  rest(): void;
  stop(): Promise<void>;
}

/** Posts JSON over connections that stay open. `fetch` costs more than the servers under load. */
function poster(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const post = (path: string, token: string, body: unknown) =>
    new Promise<string>((resolve, reject) => {
      const text = JSON.stringify(body);
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      };
      const sent = request({ agent, port, host: '127.0.0.1', path, method: 'POST', headers }, (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          answer += chunk;
        });
        response.on('end', () => {
          if (response.statusCode === 201) resolve(answer);
          else reject(new Error(`${path}: ${response.statusCode} ${answer}`));
        });
      });
      sent.on('error', reject);
      sent.end(text);
    });
  // Servers close connections that are not used while another one is measured.
  return { post, rest: () => agent.destroy() };
}

function stopper(child: ChildProcess) {
  return () => ended(child);
}

/** Atrium with everything on; only the limits are raised. */
export async function startAtrium(database: Database, dataDir: string, buyers: number): Promise<Subject> {
  const people = await makePeople(database, dataDir, { people: buyers, perWorkspace: buyers });
  const owner = people[0];
  if (owner === undefined) throw new Error('There is nobody.');
  const { rows } = await database.pool.query<{ id: string }>(
    `update membership set role = 'owner' where account_id = $1 returning workspace_id as id`,
    [owner.userId],
  );
  const workspaceId = String(rows[0]?.id);
  const port = await freePort();
  const limits = Object.fromEntries(['ORDER', 'USER', 'PUBLIC'].map((name) => [`LIMIT_${name}`, '100000000/1']));
  const env = { ...limits, PORT: String(port), DATA_DIR: dataDir, DATABASE_URL: database.url, LOG_LEVEL: 'fatal' };
  const child = await start('packages/server/src/main.ts', env, 'Atrium is ready');
  const { post, rest } = poster(port);
  const tokenOf = (buyer: number) => people[buyer % people.length]?.token ?? '';
  return {
    name: 'atrium',
    pids: [child.pid ?? 0, (await postmaster(dataDir)).pid],
    async sell() {
      const product = { name: 'Spade', price: 1250, currency: 'EUR', stock: STOCK };
      return (
        JSON.parse(await post(`/api/v1/workspaces/${workspaceId}/products`, owner.token, product)) as { id: string }
      ).id;
    },
    order: async (buyer, productId) => {
      await post(`/api/v1/workspaces/${workspaceId}/orders`, tokenOf(buyer), { items: [{ productId }] });
    },
    async sold(productIds) {
      const { rows: left } = await database.pool.query<{ sold: number }>(
        'select sum($2::int - stock)::int as sold from product where id = any($1::uuid[])',
        [productIds, STOCK],
      );
      return left[0]?.sold ?? 0;
    },
    rest,
    stop: stopper(child),
  };
}

/** The plain server of the comparison, on a database of its own. */
export async function startPlain(database: Database, dataDir: string): Promise<Subject> {
  const port = await freePort();
  const env = { PORT: String(port), DATABASE_URL: database.url };
  const child = await start('bench/orders/plain-server.ts', env, 'ready');
  const { post, rest } = poster(port);
  return {
    name: 'plain',
    pids: [child.pid ?? 0, (await postmaster(dataDir)).pid],
    async sell() {
      return (
        JSON.parse(await post('/products', 'owner', { name: 'Spade', price: 1250, stock: STOCK })) as { id: string }
      ).id;
    },
    order: async (buyer, productId) => {
      await post('/orders', '', { buyer: `buyer ${buyer}`, items: [{ productId }] });
    },
    async sold(productIds) {
      const { rows } = await database.pool.query<{ sold: number }>(
        'select sum($2::int - stock)::int as sold from products where id = any($1::bigint[])',
        [productIds, STOCK],
      );
      return rows[0]?.sold ?? 0;
    },
    rest,
    stop: stopper(child),
  };
}
