import type { Row } from './neutral.ts';

export type Outcome = 'created' | 'present' | 'left out';

/** The outcome of one row. */
export interface ReportLine {
  kind: Row['kind'];
  key: string;
  where: string;
  outcome: Outcome;
  /** The id of the imported item. */
  id: string | null;
  /** Why it was left out, or what could not be imported unchanged. */
  notes: readonly string[];
}

/** The number of rows by kind and outcome. */
export type Counts = Record<string, Record<Outcome, number>>;

/** Receives the lines of a report: counts them, keeps the first problems, and passes all on. */
export class Report {
  readonly counts: Counts = {};
  readonly oddities: ReportLine[] = [];
  rows = 0;
  odd = 0;
  private readonly sink: (line: ReportLine) => Promise<void>;
  private readonly mostOddities: number;

  constructor(sink: (line: ReportLine) => Promise<void>, mostOddities: number) {
    this.sink = sink;
    this.mostOddities = mostOddities;
  }

  async add(line: ReportLine): Promise<void> {
    const counts = this.counts[line.kind] ?? { created: 0, present: 0, 'left out': 0 };
    this.counts[line.kind] = counts;
    counts[line.outcome] += 1;
    this.rows += 1;
    if (line.notes.length > 0) {
      this.odd += 1;
      if (this.oddities.length < this.mostOddities) this.oddities.push(line);
    }
    await this.sink(line);
  }
}
