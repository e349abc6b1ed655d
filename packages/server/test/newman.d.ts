declare module 'newman' {
  interface Request {
    method: string;
    url: { toString(): string };
    body?: { raw?: string; toString(): string };
  }

  export interface Execution {
    item: { name: string };
    request: Request;
    response?: { code: number; text(): string };
    requestError?: Error;
  }

  export interface Summary {
    run: { executions: readonly Execution[]; failures: readonly { error: Error }[] };
  }

  interface Options {
    collection: object;
    envVar: readonly { key: string; value: string }[];
    workingDir: string;
    /** Milliseconds. */
    delayRequest: number;
  }

  interface Run {
    on(
      event: 'beforeRequest' | 'request',
      told: (error: Error | null, about: { request: Request; response?: { text?(): string; stream?: Buffer } }) => void,
    ): Run;
  }

  const newman: { run(options: Options, done: (error: Error | null, summary: Summary) => void): Run };
  export default newman;
}
