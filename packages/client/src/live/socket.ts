import { io, type Socket } from 'socket.io-client';

const CONNECT_TIMEOUT_MS = 8_000;

/**
 * A Socket.IO connection that leaves reconnecting and catching up to us: its own recovery does not survive the death of
 * a node, and skips the check of who is coming back.
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
