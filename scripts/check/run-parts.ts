import { spawn } from 'node:child_process';

/** One line of the check: either a program to run or a function that returns its complaints. */
export type Part = { name: string } & ({ command: string[] } | { find: () => string[] });

interface Outcome {
  ok: boolean;
  output: string;
}

/** Runs the parts side by side; prints one line for each as it ends, and the output of those that failed. */
export async function runParts(parts: Part[]): Promise<number> {
  const outcomes = await Promise.all(
    parts.map(async (part) => {
      const started = performance.now();
      const outcome = 'command' in part ? await runCommand(part.command) : findComplaints(part.find);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${outcome.ok ? 'ok    ' : 'FAILED'} ${part.name} (${seconds} s)`);
      if (!outcome.ok) console.log(`${outcome.output.trimEnd()}\n`);
      return outcome;
    }),
  );
  return outcomes.filter((outcome) => !outcome.ok).length;
}

function findComplaints(find: () => string[]): Outcome {
  const complaints = find();
  return { ok: complaints.length === 0, output: complaints.map((line) => `  ${line}`).join('\n') };
}

function runCommand([command = '', ...args]: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ ok: false, output: String(error) }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}
