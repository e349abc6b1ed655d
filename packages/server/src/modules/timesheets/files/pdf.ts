import PDFDocument from 'pdfkit';
import type { Line } from '../sheet/lines.ts';
import { sumOf, sumsOfEach } from '../sheet/summary.ts';
import { decimalsOf, majorUnits } from './columns.ts';
import { BOLD, FALLBACK, fontFor, isCovered, loadFallback, REGULAR } from './fonts.ts';

const MARGIN = 50;
const SIZE = { title: 18, text: 9 };
const ROW_HEIGHT = 16;

/** The heading of a person's page. */
export interface PdfHead {
  from: string;
  to: string;
  timeZone: string;
}

/** A row of a page: the time of one person on one task on one day. */
interface PdfRow {
  day: string;
  task: string;
  note: string;
  hours: string;
  amount: string;
}

const layout: readonly { key: keyof PdfRow; title: string; width: number; align: 'left' | 'right' }[] = [
  { key: 'day', title: 'Date', width: 70, align: 'left' },
  { key: 'task', title: 'Task', width: 170, align: 'left' },
  { key: 'note', title: 'Note', width: 125, align: 'left' },
  { key: 'hours', title: 'Hours', width: 50, align: 'right' },
  { key: 'amount', title: 'Amount', width: 80, align: 'right' },
];

type Money = { amountMinor: number; currency: string };

const money = ({ amountMinor, currency }: Money) =>
  `${majorUnits(amountMinor, currency).toFixed(decimalsOf(currency))} ${currency}`;

/** A line for each task and day, with the notes of its entries. */
function merged(lines: readonly Line[]): Line[] {
  return [
    ...Map.groupBy(
      lines,
      ({ day, entry }) => `${day} ${entry.taskId} ${entry.billable} ${JSON.stringify(entry.rate)}`,
    ).values(),
  ].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const notes = [...new Set(group.map(({ entry }) => entry.note).filter((note) => note !== ''))];
    const sum = (of: (line: Line) => number) => group.reduce((total, line) => total + of(line), 0);
    return [
      {
        ...first,
        entry: { ...first.entry, note: notes.join('; ') },
        ms: sum(({ ms }) => ms),
        roundedMs: sum(({ roundedMs }) => roundedMs),
      },
    ];
  });
}

function rowsOf(lines: readonly Line[]): PdfRow[] {
  const sums = sumsOfEach(lines);
  return lines.map(({ day, entry }, at) => ({
    day,
    task: entry.task,
    note: entry.note,
    hours: (sums[at]?.hours ?? 0).toFixed(2),
    amount: (sums[at]?.amounts ?? []).map(money).join(', '),
  }));
}

/** One line of text, with spaces for characters that cannot be shown. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

function drawRow(document: PDFKit.PDFDocument, row: PdfRow, font: string): void {
  const { y } = document;
  let x = MARGIN;
  for (const { align, key, width } of layout) {
    const text = oneLine(row[key]);
    document.font(fontFor(text, font));
    document.text(text, x, y, { width: width - 6, height: SIZE.text + 3, ellipsis: true, lineBreak: false, align });
    x += width;
  }
  document.y = y + ROW_HEIGHT;
}

function drawRule(document: PDFKit.PDFDocument): void {
  const width = layout.reduce((sum, column) => sum + column.width, 0);
  document
    .moveTo(MARGIN, document.y - 4)
    .lineTo(MARGIN + width - 6, document.y - 4)
    .lineWidth(0.5)
    .stroke('#888888');
}

function drawHeader(document: PDFKit.PDFDocument): void {
  document.fontSize(SIZE.text);
  const titles = layout.map(({ key, title }) => [key, title]);
  drawRow(document, Object.fromEntries(titles) as unknown as PdfRow, BOLD);
  drawRule(document);
}

/** The pages of one person; rows that do not fit continue on the next page. */
function drawPerson(document: PDFKit.PDFDocument, person: string, lines: readonly Line[], head: PdfHead): void {
  document.addPage();
  const name = oneLine(person);
  document
    .font(fontFor(name, BOLD))
    .fontSize(SIZE.title)
    .text(name, MARGIN, MARGIN, { lineBreak: false, ellipsis: true, height: 22 });
  document.font(REGULAR).fontSize(SIZE.text);
  document.text(`Timesheet ${head.from} to ${head.to} (${head.timeZone})`, MARGIN, MARGIN + 26);
  document.y = MARGIN + 54;
  drawHeader(document);
  const rows = merged(lines);
  for (const row of rowsOf(rows)) {
    if (document.y > document.page.height - MARGIN - 2 * ROW_HEIGHT) {
      document.addPage();
      document.y = MARGIN;
      drawHeader(document);
    }
    drawRow(document, row, REGULAR);
  }
  drawRule(document);
  const total = sumOf(rows);
  const amount = total.amounts.map(money).join(', ');
  drawRow(document, { day: 'Total', task: '', note: '', hours: total.hours.toFixed(2), amount }, BOLD);
}

const texts = (lines: readonly Line[]) =>
  lines.flatMap(({ entry }) => [entry.person, entry.task, entry.note]).map(oneLine);

/** A sheet as a PDF, with a new page for each person. */
export async function pdfOf(lines: readonly Line[], head: PdfHead): Promise<NodeJS.ReadableStream> {
  const document = new PDFDocument({ size: 'A4', margin: MARGIN, autoFirstPage: false, info: { Title: 'Timesheet' } });
  if (!texts(lines).every(isCovered)) document.registerFont(FALLBACK, await loadFallback());
  const people = Map.groupBy(lines, ({ entry }) => entry.userId);
  for (const own of people.values()) drawPerson(document, own[0]?.entry.person ?? '', own, head);
  if (people.size === 0) drawPerson(document, 'Nobody', [], head);
  document.end();
  return document;
}
