import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What the system knows about a process. A zombie has ended, but its parent has not collected it yet. */
export interface ProcessInfo {
  readonly state: 'alive' | 'zombie' | 'gone';
  /** The command line; empty if the system does not provide it. */
  readonly args: readonly string[];
}

const GONE: ProcessInfo = { state: 'gone', args: [] };

async function inspectLinux(pid: number): Promise<ProcessInfo> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The state follows the name, which is in parentheses and may contain any of these characters.
    const state = stat.slice(stat.lastIndexOf(')') + 2).charAt(0);
    if (state === 'Z' || state === 'X') return { state: 'zombie', args: [] };
    const args = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    return { state: 'alive', args: args.split('\0') };
  } catch {
    return GONE;
  }
}

async function output(file: string, args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(file, args, { windowsHide: true });
  return stdout.trim();
}

async function inspectWithPs(pid: number): Promise<ProcessInfo> {
  const line = await output('/bin/ps', ['-ww', '-o', 'stat=,command=', '-p', String(pid)]).catch(() => '');
  if (line === '') return GONE;
  const [state = '', ...words] = line.split(/\s+/);
  return state.startsWith('Z') ? { state: 'zombie', args: [] } : { state: 'alive', args: [words.join(' ')] };
}

async function inspectWindows(pid: number): Promise<ProcessInfo> {
  const line = await output('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']).catch(() => '');
  return line.includes(`"${pid}"`) ? { state: 'alive', args: [line] } : GONE;
}

/** Looks up one process. */
export function inspectProcess(pid: number): Promise<ProcessInfo> {
  if (process.platform === 'linux') return inspectLinux(pid);
  return process.platform === 'win32' ? inspectWindows(pid) : inspectWithPs(pid);
}

/** Ids of the processes whose command line contains `text`; empty if the system has no cheap way to tell. */
export async function findProcesses(text: string): Promise<number[]> {
  if (process.platform === 'win32') return [];
  if (process.platform !== 'linux') {
    const lines = (await output('/bin/ps', ['-axww', '-o', 'pid=,command=']).catch(() => '')).split('\n');
    return lines.filter((line) => line.includes(text)).map((line) => Number.parseInt(line, 10));
  }
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const infos = await Promise.all(pids.map(async (pid) => ({ pid, info: await inspectLinux(pid) })));
  return infos.filter(({ info }) => info.args.some((arg) => arg.includes(text))).map(({ pid }) => pid);
}
