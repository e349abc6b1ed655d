// What one would write without much thought: an interval and a query for each running timer, and a room for each task.
import { createServer } from 'node:http';
import process from 'node:process';
import pg from 'pg';
import { Server } from 'socket.io';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
const http = createServer();
const io = new Server(http);
io.on('connection', (socket) => {
  socket.on('task:join', async ({ taskId }: { taskId: string }, ack: (answer: unknown) => void) => {
    await socket.join(taskId);
    ack({ ok: true });
  });
});

async function tick(taskId: string): Promise<void> {
  const { rows } = await pool.query(
    `select coalesce(sum(duration_ms), 0) as base, array_agg(started_at) filter (where stopped_at is null) as started
     from time_entry where task_id = $1`,
    [taskId],
  );
  const [row] = rows as { base: string; started: Date[] | null }[];
  const started = row?.started ?? [];
  const now = Date.now();
  const totalElapsedMs = started.reduce((sum, start) => sum + now - start.getTime(), Number(row?.base ?? 0));
  io.to(taskId).emit('timer:tick', { taskId, totalElapsedMs, activeCount: started.length });
}

const { rows } = await pool.query('select distinct task_id as id from time_entry where stopped_at is null');
for (const { id } of rows as { id: string }[]) setInterval(() => void tick(id).catch(() => undefined), 1_000);
http.listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('ready\n'));
