/** The little of Express that the comparison servers use. */
declare module 'express' {
  import type { RequestListener } from 'node:http';

  interface Application extends RequestListener {
    get(path: string, handler: (request: unknown, response: { send(text: string): void }) => void): void;
  }
  export default function express(): Application;
}
