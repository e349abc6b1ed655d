declare module '@20minutes/s3rver' {
  import type { AddressInfo } from 'node:net';

  export default class S3rver {
    constructor(options: {
      address: string;
      port: number;
      silent: boolean;
      directory: string;
      configureBuckets: readonly { name: string }[];
    });
    readonly middleware: ((context: { path: string }, next: () => Promise<void>) => Promise<void>)[];
    allowMismatchedSignatures: boolean;
    run(): Promise<AddressInfo>;
    readonly httpServer: { closeAllConnections(): void };
    close(): Promise<void>;
  }
}
