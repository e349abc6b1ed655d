import { isLockTimeout } from '../../../platform/database/index.ts';
import { ProblemError, type Work } from '../../../platform/module/index.ts';
import { lockImport } from '../rows/mapping-store.ts';
import type { ConversationEndRow, FileOfRow, MessageRow, Picture, Row, Rows } from '../rows/neutral.ts';
import type { Report, ReportLine } from '../rows/report.ts';
import { within } from '../rows/savepoint-store.ts';
import { Batch, LeftOut, reasonOf } from './batch.ts';
import { archive, closeCase, pinAll, readAll, writeConversation } from './conversations.ts';
import { type Fetched, withFiles } from './files.ts';
import type { Job } from './job.ts';
import { writeLabel } from './labels.ts';
import { leave, rememberFormer } from './leaving.ts';
import { writeMessage } from './messages.ts';
import { remember, writePerson } from './people.ts';
import { writeMovement, writeOrder, writeProduct, writeShop } from './shop.ts';
import { writeComment, writeTask } from './tasks.ts';
import { writeCorrection, writeTime } from './time.ts';
import { writeEndpoint, writeWebhook } from './webhooks.ts';

const ROWS_AT_ONCE = 50;
/** All files of a batch are on disk at once. */
const FILES_AT_ONCE = 20;
const PROGRESS_EVERY = 1_000;
/** Each attempt waits for as long as the lock timeout. */
const MOST_ATTEMPTS = 20;

type Content = Exclude<Row, ConversationEndRow>;

/**
 * Writes all rows together with their mapping, several per transaction. If the import is interrupted between two
 * transactions, the next run resumes there.
 */
export async function writeRows(
  job: Job,
  rows: Rows,
  { report, progress }: { report: Report; progress(line: string): void },
): Promise<void> {
  await rememberFormer(job);
  let batch: Content[] = [];
  const flush = async () => {
    for (const line of await writeBatch(job, batch)) {
      await report.add(line);
      if (report.rows % PROGRESS_EVERY === 0) progress(`${report.rows} rows`);
    }
    batch = [];
  };
  for await (const row of rows) {
    const [first] = batch;
    if (first !== undefined && (isFull(batch) || groupOf(first) !== groupOf(row))) await flush();
    if (row.kind === 'conversationEnd') await endConversation(job, row);
    else batch.push(row);
  }
  await flush();
  if (!job.isDry) await leave(job);
}

function isFull(batch: readonly Content[]): boolean {
  const files = batch.reduce((sum, row) => sum + filesOf(row).length, 0);
  return batch.length >= ROWS_AT_ONCE || files >= FILES_AT_ONCE;
}

/** One transaction writes to only one conversation, otherwise two imports could deadlock. */
function groupOf(row: Row): string {
  if (row.kind === 'message') return `message ${row.conversation}`;
  return row.kind === 'comment' ? 'task' : row.kind;
}

function filesOf(row: Row): readonly FileOfRow[] {
  const pictured = (picture: Picture | undefined) => (picture !== undefined && 'file' in picture ? [picture.file] : []);
  switch (row.kind) {
    case 'message':
    case 'task':
      return row.files ?? [];
    case 'person':
      return pictured(row.avatar);
    case 'product':
      return row.pictures.flatMap(({ picture }) => pictured(picture));
    default:
      return [];
  }
}

async function writeBatch(job: Job, rows: readonly Content[]): Promise<ReportLine[]> {
  if (rows.length === 0) return [];
  if (job.isDry) return writeAll(new Batch(job, undefined), rows, []);
  const wanted = await Promise.all(rows.map(async (row) => ({ files: (await isNew(job, row)) ? filesOf(row) : [] })));
  return withFiles(wanted, (fetched) => inTransaction(job, (batch) => writeAll(batch, rows, fetched)));
}

async function isNew(job: Job, row: Content): Promise<boolean> {
  return filesOf(row).length > 0 && (await new Batch(job, undefined).mapped(row.kind, row.key)) === undefined;
}

/**
 * What the batch has learned counts once it is committed. People or another import may hold a lock for long: on a lock
 * timeout, the batch is tried again.
 */
async function inTransaction<Result>(job: Job, run: (batch: Batch) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { batch, result } = await job.deps.transact({ actorId: job.ownerId }, async (work: Work) => {
        await lockImport(work.tx, job.workspaceId);
        const open = new Batch(job, work);
        return { batch: open, result: await run(open) };
      });
      job.commit(batch.found);
      return result;
    } catch (error) {
      if (!isLockTimeout(error) || attempt >= MOST_ATTEMPTS) throw error;
      job.deps.log.info({ attempt }, 'somebody else writes there; trying again');
    }
  }
}

async function writeAll(batch: Batch, rows: readonly Content[], fetched: readonly Fetched[]): Promise<ReportLine[]> {
  const lines: ReportLine[] = [];
  for (const [at, row] of rows.entries()) {
    lines.push(await writeOne(batch, row, fetched[at] ?? { files: [], notes: [] }));
  }
  if (batch.isDry) batch.job.commit(batch.found);
  return lines;
}

async function writeOne(batch: Batch, row: Content, fetched: Fetched): Promise<ReportLine> {
  const { kind, key, where, notes = [] } = row;
  const line = { kind, key, where };
  if (kind === 'unreadable') return { ...line, outcome: 'left out', id: null, notes: [row.reason] };
  batch.begin(notes);
  const known = await batch.mapped(kind, key);
  if (known !== undefined) {
    if (kind === 'person') await remember(batch, key, known);
    return { ...line, outcome: 'present', id: known, notes: [] };
  }
  const write = async () => {
    const id = await writeThing(batch, row, fetched);
    await batch.map(kind, key, id);
    return id;
  };
  try {
    const id = batch.isDry ? await write() : await within(batch.open.tx, write);
    batch.keep();
    if (row.kind === 'message') batch.job.written.add(row.conversation);
    return { ...line, outcome: 'created', id: batch.isDry ? null : id, notes: batch.notes };
  } catch (error) {
    const reason = error instanceof ProblemError ? reasonOf(error) : error instanceof LeftOut && error.message;
    if (reason === false) throw error;
    return { ...line, outcome: 'left out', id: null, notes: [reason, ...notes] };
  }
}

function writeThing(batch: Batch, row: Exclude<Content, { kind: 'unreadable' }>, fetched: Fetched): Promise<string> {
  switch (row.kind) {
    case 'person':
      return writePerson(batch, row, fetched);
    case 'conversation':
      return writeConversation(batch, row);
    case 'message':
      return writeMessage(batch, row satisfies MessageRow, fetched);
    case 'label':
      return writeLabel(batch, row);
    case 'task':
      return writeTask(batch, row, fetched);
    case 'comment':
      return writeComment(batch, row);
    case 'time':
      return writeTime(batch, row);
    case 'correction':
      return writeCorrection(batch, row);
    case 'shop':
      return writeShop(batch, row);
    case 'product':
      return writeProduct(batch, row, fetched);
    case 'order':
      return writeOrder(batch, row);
    case 'movement':
      return writeMovement(batch, row);
    case 'webhook':
      return writeWebhook(batch, row);
    case 'endpoint':
      return writeEndpoint(batch, row);
  }
}

/** Marks imported messages as read, once per run that wrote some. */
async function endConversation(
  job: Job,
  { key, isArchived, isClosed = false, pins = [] }: ConversationEndRow,
): Promise<void> {
  if (job.isDry) return;
  const look = new Batch(job, undefined);
  const id = await look.mapped('conversation', key);
  const isDone = (await look.mapped('ended', key)) !== undefined && !job.written.has(key);
  if (id === undefined || isDone) return;
  let cursor: string | undefined;
  do {
    const from = cursor;
    cursor = await inTransaction(job, (batch) => readAll(batch, key, from));
  } while (cursor !== undefined);
  await inTransaction(job, async (batch) => {
    await pinAll(batch, key, pins);
    const isCase = (await batch.mapped('case', key)) !== undefined;
    if (isClosed && isCase) await closeCase(batch, key);
    if (isArchived || (isClosed && !isCase)) await archive(batch, key);
    await batch.map('ended', key, id);
  });
}
