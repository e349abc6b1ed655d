// The part of it that is used; the package has no types.
declare module 'pino-roll' {
  import type { DestinationStream } from 'pino';

  export default function roll(options: {
    file: string;
    extension: string;
    dateFormat: string;
    frequency: 'daily' | 'hourly' | number;
    size: string;
    limit: { count: number; removeOtherLogFiles: boolean };
    mkdir: boolean;
    sync: boolean;
  }): Promise<DestinationStream>;
}
