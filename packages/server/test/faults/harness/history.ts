/** One thing that somebody did to the server, or learned of it. `op` is the content of the message, unlike any other. */
export type Line = { client: string; op: string } & (
  | { kind: 'invoke'; userId: string; conversationId: string }
  | { kind: 'ok'; seq: number }
  | { kind: 'fail'; code: string }
  | { kind: 'unknown' }
);

/** A command with what became of it as far as its client knows. */
export interface Command {
  op: string;
  client: string;
  userId: string;
  conversationId: string;
  outcome: { kind: 'ok'; seq: number } | { kind: 'fail'; code: string } | { kind: 'unknown' };
}

/** What all clients did, in order. */
export class History {
  readonly lines: Line[] = [];

  add(line: Line): void {
    this.lines.push(line);
  }

  /** A command that nobody heard the end of is unknown. */
  commands(): Command[] {
    const commands = new Map<string, Command>();
    for (const line of this.lines) {
      if (line.kind === 'invoke') {
        const { op, client, userId, conversationId } = line;
        commands.set(op, { op, client, userId, conversationId, outcome: { kind: 'unknown' } });
        continue;
      }
      const command = commands.get(line.op);
      if (command === undefined) throw new Error(`${line.op} ended and was never begun`);
      command.outcome = line;
    }
    return [...commands.values()];
  }
}
