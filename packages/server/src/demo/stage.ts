import { setTimeout as wait } from 'node:timers/promises';
import { styleText } from 'node:util';

type Colour = 'magenta' | 'green' | 'blue';
type Style = Exclude<Parameters<typeof styleText>[0], string>;

/** Where the play is shown. */
export interface StageOptions {
  write: (text: string) => void;
  /** Pauses as a reader wants them; without, everything comes at once. */
  paced: boolean;
  /** Colours, and lines that are written over. */
  terminal: boolean;
}

const NAME_WIDTH = 6;

/** Prints the play line by line, at a pace that can be read. */
export class Stage {
  readonly #options: StageOptions;
  #hasNote = false;

  constructor(options: StageOptions) {
    this.#options = options;
  }

  title(text: string): void {
    this.#line(`\n${this.#styled(['bold'], text)}`);
  }

  /** What happens behind the scenes. */
  fact(text: string): void {
    this.#line(this.#styled(['gray'], `  ${text}`));
  }

  /** Something to be copied. */
  command(text: string): void {
    this.#line(`  ${this.#styled(['cyan'], text)}`);
  }

  says(name: string, colour: Colour, text: string, remark: string): void {
    this.#line(
      `  ${this.#styled(['bold', colour], name.padEnd(NAME_WIDTH))} ${text}  ${this.#styled(['gray'], remark)}`,
    );
  }

  /** A line that the next one writes over; left out where that cannot be done. */
  note(text: string): void {
    if (!this.#options.terminal) return;
    this.#clearNote();
    this.#options.write(this.#styled(['gray', 'italic'], `  ${text}`));
    this.#hasNote = true;
  }

  async pause(ms: number): Promise<void> {
    if (this.#options.paced) await wait(ms);
  }

  #line(text: string): void {
    this.#clearNote();
    this.#options.write(`${text}\n`);
  }

  #clearNote(): void {
    if (this.#hasNote) this.#options.write('\r\u001b[2K');
    this.#hasNote = false;
  }

  #styled(style: Style, text: string): string {
    return this.#options.terminal ? styleText(style, text) : text;
  }
}
