import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Person, type TestApp, testApp } from '../../../../test/app.ts';
import { atrium } from '../../../../test/command.ts';
import { scratchDirectory } from '../../../../test/scratch.ts';
import type { ReportLine } from '../rows/report.ts';
import type { ImportResult } from '../run.ts';

/** An instance to import into: Ann owns the workspace, Ben has an account, the others have none. */
export interface ImportOffice {
  app: TestApp;
  ann: Person;
  ben: Person;
  workspaceId: string;
  /** Writes a file. @returns its path */
  file(name: string, content: string | Buffer): Promise<string>;
  /** Runs `atrium import`. @returns its result and its report; throws the command's error */
  run(source: string, file: string, ...flags: string[]): Promise<ImportResult & { report: ReportLine[] }>;
  /** Runs it and returns its output. */
  command(...args: string[]): ReturnType<typeof atrium>;
  query<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export async function openImportOffice(): Promise<ImportOffice> {
  const cwd = await mkdtemp(path.join(scratchDirectory(), 'atrium-import-test-'));
  // The server and the command share their files.
  const dataDir = path.join(cwd, 'data');
  const app = await testApp({ env: { DATA_DIR: dataDir } });
  const ann = await app.person('Ann');
  const ben = await app.person('Ben');
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
  const query = async <Row>(text: string, values: unknown[] = []) =>
    (await app.database.pool.query(text, values)).rows as Row[];
  await query('update account set email = $2 where id = $1', [ann.userId, 'ann@example.org']);
  await query('update account set email = $2 where id = $1', [ben.userId, 'ben@example.org']);
  const env = { DATABASE_URL: app.database.url, DATA_DIR: dataDir, DEFAULT_TIMEZONE: 'Europe/Berlin' };
  let reports = 0;
  const command: ImportOffice['command'] = (...args) => atrium(args, { env, cwd });
  return {
    app,
    ann,
    ben,
    workspaceId,
    command,
    query,
    async file(name, content) {
      await writeFile(path.join(cwd, name), content);
      return path.join(cwd, name);
    },
    async run(source, file, ...flags) {
      reports += 1;
      const name = `report-${reports}.jsonl`;
      const args = ['import', source, file, '--workspace', workspaceId, '--report', name, '--json', ...flags];
      const { code, stderr, stdout } = await command(...args);
      if (code !== 0) throw new Error(`exit ${code}: ${stderr}`);
      const lines = (await readFile(path.join(cwd, name), 'utf8')).split('\n').filter(Boolean);
      return { ...JSON.parse(stdout), report: lines.map((line) => JSON.parse(line)) };
    },
    async close() {
      await app.close();
      await rm(cwd, { recursive: true, force: true });
    },
  };
}
