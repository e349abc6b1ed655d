// Socket.IO alone: what is said is passed on to the room and forgotten. The limit of a server that keeps nothing.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const server = createServer();
const io = new Server(server, { perMessageDeflate: false, serveClient: false });

interface Said {
  roomId: number;
  content: string;
  clientMessageId: string;
}

io.on('connection', async (socket) => {
  const { userId, rooms } = socket.handshake.auth as { userId: number; rooms: number[] };
  for (const roomId of rooms) await socket.join(`room:${roomId}`);
  socket.on('message:send', ({ roomId, content, clientMessageId }: Said, ack: (a: unknown) => void) => {
    const message = { roomId, senderId: userId, content, clientMessageId, createdAt: new Date() };
    ack({ ok: true, data: message });
    io.to(`room:${roomId}`).emit('message:receive', message);
  });
  socket.emit('hello', {});
});

server.listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('ready\n'));
