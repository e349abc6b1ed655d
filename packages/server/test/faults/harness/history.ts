/** An action of a participant, or its outcome. `op` is the content of the message, which is unique. */
export type Line = { client: string; op: string } & (
  | { kind: 'invoke'; userId: string; conversationId: string }
  | { kind: 'ok'; seq: number }
  | { kind: 'fail'; code: string }
  | { kind: 'unknown' }
);

/** A command with its outcome, as far as its client knows. */
export interface Command {
  op: string;
  client: string;
  userId: string;
  conversationId: string;
  outcome: { kind: 'ok'; seq: number } | { kind: 'fail'; code: string } | { kind: 'unknown' };
}

/** The actions of all clients, in order. */
export class History {
  readonly lines: Line[] = [];

  add(line: Line): void {
    this.lines.push(line);
  }

  /** A command without an outcome is unknown. */
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
