// What one would write without much thought: Express, Socket.IO, one SELECT and one INSERT a message. Nobody is asked
// who they are, nothing is numbered, nothing can be resumed.
import { createServer } from 'node:http';
import express from 'express';
import pg from 'pg';
import { Server } from 'socket.io';

/** As one would write them; KEYLESS=1 for who knows what they cost on a table like `messages`. */
const isKeyless = process.env.KEYLESS === '1';
const [ofRoom, ofUser] = isKeyless ? ['', ''] : ['references rooms', 'references users'];

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
await pool.query(`
  create table if not exists users (id int primary key);
  create table if not exists rooms (id int primary key);
  create table if not exists members (
    room_id int references rooms, user_id int references users, primary key (room_id, user_id)
  );
  create table if not exists messages (
    id bigserial primary key, room_id int not null ${ofRoom}, user_id int not null ${ofUser}, content text not null,
    created_at timestamptz not null default now()
  );
  create index if not exists messages_room on messages (room_id, id);
`);

const app = express();
app.get('/', (_request, response) => {
  response.send('plain');
});
const server = createServer(app);
const io = new Server(server, { perMessageDeflate: false, serveClient: false });

interface Said {
  roomId: number;
  content: string;
  clientMessageId: string;
}

io.on('connection', async (socket) => {
  const { userId } = socket.handshake.auth as { userId: number };
  const rooms = await pool.query<{ room_id: number }>('select room_id from members where user_id = $1', [userId]);
  for (const { room_id } of rooms.rows) await socket.join(`room:${room_id}`);
  socket.on('message:send', async ({ roomId, content, clientMessageId }: Said, ack: (a: unknown) => void) => {
    const member = await pool.query('select 1 from members where room_id = $1 and user_id = $2', [roomId, userId]);
    if (member.rowCount === 0) {
      ack({ ok: false });
      return;
    }
    const { rows } = await pool.query(
      'insert into messages (room_id, user_id, content) values ($1, $2, $3) returning id, created_at',
      [roomId, userId, content],
    );
    const message = {
      id: rows[0].id,
      roomId,
      senderId: userId,
      content,
      clientMessageId,
      createdAt: rows[0].created_at,
    };
    ack({ ok: true, data: message });
    io.to(`room:${roomId}`).emit('message:receive', message);
  });
  socket.emit('hello', {});
});

server.listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('ready\n'));
