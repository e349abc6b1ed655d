import { io, type Socket } from 'socket.io-client';

const CONNECT_TIMEOUT_MS = 8_000;

/**
 * A Socket.IO connection without its own reconnecting and recovery: its recovery does not survive the crash of a node,
 * and does not authenticate again.
 */
export function openSocket(url: string, withCredentials: boolean): Socket {
  return io(url, {
    autoConnect: false,
    forceNew: true,
    reconnection: false,
    timeout: CONNECT_TIMEOUT_MS,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    withCredentials,
  });
}
