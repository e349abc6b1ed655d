import path from 'node:path';
import { type TaskPriority, timezone } from '@atrium/protocol';
import { type CsvRecord, csvRows, UnusedColumns } from '../../reading/csv.ts';
import { leftOut, type PersonRow, type Row, type TaskRow } from '../../rows/neutral.ts';
import { Occurrences } from '../key.ts';
import type { SourceOptions } from '../options.ts';
import { readDue } from './dates.ts';

const PERSON = /^(.*?)\s*\((\d+)\)$/;
const LABEL = /(?<!\S)@([\p{L}\p{N}][\p{L}\p{N}_-]{0,49})(?!\S)/gu;
const FILE = /\[\[\s*file\s+(\{.*\})\s*\]\]/g;
/** All that are imported; the language of a deadline is not needed, and the last two describe how the project is shown. */
const USED = [
  ...['type', 'content', 'description', 'priority', 'indent', 'author', 'responsible', 'date', 'date_lang', 'timezone'],
  ...['duration', 'duration_unit', 'deadline', 'deadline_lang', 'view_style', 'is_collapsed'],
];
const PRIORITIES: readonly (TaskPriority | undefined)[] = ['high', 'medium', 'medium', 'low'];

/** A preceding task. */
interface Above {
  indent: number;
  key: string;
  title: string;
}

/** The CSV file of a project, named after it. */
export function todoistRows(file: string, options: SourceOptions): AsyncGenerator<Row, void> {
  return new Project(file, options).rows();
}

class Project {
  private readonly file: string;
  private readonly name: string;
  private readonly options: SourceOptions;
  private readonly occurrences = new Occurrences();
  private readonly people = new Set<string>();
  private section: string | undefined;
  /** From the top level down to the last task. */
  private path: Above[] = [];

  constructor(file: string, options: SourceOptions) {
    this.file = file;
    this.options = options;
    this.name = path.basename(file).replace(/(\s*\[\d+\])?\.csv$/i, '');
  }

  async *rows(): AsyncGenerator<Row, void> {
    const unused = new UnusedColumns(USED);
    for await (const row of csvRows(this.file, ['type', 'content'])) {
      const where = `line ${row.line}`;
      if ('fault' in row) yield leftOut(where, row.fault);
      else {
        unused.add(row.record);
        yield* this.rowsOf(row.record, where);
      }
    }
    yield* unused.rows();
  }

  private *rowsOf(record: CsvRecord, where: string): Generator<Row, void> {
    const { content = '', type = '' } = record;
    switch (type.trim().toLowerCase()) {
      case 'task':
        yield* this.strangers([record.author, record.responsible], where);
        yield this.task(record, where);
        break;
      case 'note':
        yield* this.strangers([record.author], where);
        yield this.note(record, where);
        break;
      case 'section':
        this.section = content.trim() || undefined;
        this.path = [];
        break;
      case 'meta':
      case '':
        break;
      default:
        yield leftOut(where, `is of the type ${type}, which is not known`);
    }
  }

  /** The export has only the name and number of people. */
  private *strangers(named: readonly (string | undefined)[], where: string): Generator<PersonRow, void> {
    for (const text of named) {
      const key = text?.trim() ?? '';
      if (key === '' || this.people.has(key)) continue;
      this.people.add(key);
      yield { kind: 'person', key, where, name: PERSON.exec(key)?.[1] || key, role: 'member', isActive: true };
    }
  }

  private task(record: CsvRecord, where: string): TaskRow {
    const { content = '', priority = '', indent = '' } = record;
    const notes: string[] = [];
    const depth = Number.parseInt(indent, 10) || 1;
    const labels = [...content.matchAll(LABEL)].map(([, name = '']) => ({ name }));
    const [line = '', ...more] = content.replace(LABEL, '').trim().split(/\r?\n/);
    const title = line.replace(/\s+/g, ' ').trim();
    const key = this.occurrences.keyOf(this.name, 'task', content, depth);
    const above = this.path.filter((one) => one.indent < depth);
    const [top] = above;
    if (depth > 1 && top === undefined) notes.push('is indented, but nothing is above it: it stands by itself');
    if (above.length > 1) notes.push('tasks have one level of sub-tasks here: it is put below the uppermost one');
    this.path = [...above, { indent: depth, key, title }];
    const due = this.due(record, notes);
    const under =
      above.length > 1
        ? `Below: ${above
            .slice(1)
            .map((one) => one.title)
            .join(' › ')}`
        : '';
    const parts = [more.join('\n').trim(), record.description ?? '', under, due.kept, ...plansOf(record, notes)];
    return {
      kind: 'task',
      key,
      where,
      title: title || labels.map(({ name }) => name).join(' '),
      description: parts.filter((part) => part !== '').join('\n\n'),
      author: record.author?.trim() || undefined,
      assignees: record.responsible?.trim() ? [record.responsible.trim()] : [],
      labels: [...(this.section === undefined ? [] : [{ name: this.section }]), ...labels],
      category: this.name,
      status: 'todo',
      priority: this.priority(priority, notes),
      ...due.fields,
      parent: top?.key,
      createdAt: this.options.now,
      notes,
    };
  }

  private priority(text: string, notes: string[]): TaskPriority | undefined {
    if (text.trim() === '') return undefined;
    const number = Number(text);
    const rank = this.options.highestPriority === 1 ? number - 1 : 4 - number;
    if (!(rank in PRIORITIES)) notes.push(`has the priority ${text}, which is not known`);
    return PRIORITIES[rank];
  }

  private due({ date = '', date_lang: language = 'en', timezone: zone }: CsvRecord, notes: string[]) {
    if (date.trim() === '') return { fields: {}, kept: '' };
    const timeZone = timezone.safeParse(zone).success && zone ? zone : this.options.timeZone;
    const fields = readDue(date, { language, now: this.options.now, timeZone });
    if (fields !== undefined) return { fields, kept: '' };
    notes.push(`is due “${date}”, which is not understood: it is in the description`);
    return { fields: {}, kept: `Due: ${date}` };
  }

  private note({ author, content = '', date = '' }: CsvRecord, where: string): Row {
    const task = this.path.at(-1);
    if (task === undefined) return leftOut(where, 'is a comment, but no task is above it');
    const at = new Date(date.trim() === '' ? Number.NaN : date);
    return {
      kind: 'comment',
      key: this.occurrences.keyOf(task.key, 'note', content),
      where,
      task: task.key,
      author: author?.trim() || undefined,
      at: Number.isNaN(at.getTime()) || at > this.options.now ? this.options.now : at,
      content: content.replace(FILE, (whole, json: string) => fileLink(json) ?? whole),
    };
  }
}

/** What a task has no place for here: it is kept as text. */
function plansOf(record: CsvRecord, notes: string[]): string[] {
  const { deadline = '', duration = '', duration_unit: unit = '' } = record;
  const plans: string[] = [];
  if (deadline.trim() !== '') plans.push(`Deadline: ${deadline.trim()}`);
  if (duration.trim() !== '' && duration.trim() !== 'None') {
    plans.push(`Duration: ${`${duration.trim()} ${unit.trim()}`.trim()}`);
  }
  if (plans.length > 0) notes.push(`is in the description: ${plans.join(', ')}`);
  return plans;
}

function fileLink(json: string): string | undefined {
  try {
    const { file_name: name, file_url: url } = JSON.parse(json) as Record<string, unknown>;
    return typeof url === 'string' ? `[${String(name ?? 'file')}](${url})` : undefined;
  } catch {
    return undefined;
  }
}
