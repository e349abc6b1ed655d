/** The little of Express that the comparison servers use. */
declare module 'express' {
  import type { RequestListener } from 'node:http';

  interface Request {
    body: unknown;
  }
  interface Response {
    send(text: string): void;
    status(code: number): Response;
    json(body: object): void;
  }
  type Handler = (request: Request, response: Response) => void | Promise<void>;
  interface Application extends RequestListener {
    use(middleware: unknown): void;
    get(path: string, handler: Handler): void;
    post(path: string, handler: Handler): void;
    listen(port: number, host: string, listening: () => void): void;
  }
  export function json(): unknown;
  export default function express(): Application;
}
