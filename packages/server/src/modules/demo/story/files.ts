import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { IncomingFile } from '../../../platform/module/index.ts';

/** A file to upload, created anew each time. */
export interface DemoFile {
  sent(): AsyncIterable<IncomingFile>;
}

function file(name: string, type: string, content: () => Buffer): DemoFile {
  return {
    async *sent() {
      yield { name, type, content: Readable.from([content()]) };
    },
  };
}

const picture = (name: string) => readFileSync(fileURLToPath(new URL(`files/${name}`, import.meta.url)));

const WATERING = [
  'bed,litres,minutes',
  '1,120,14',
  '2,95,11',
  '3,95,11',
  '4,140,16',
  '5,0,0',
  'glass-1,60,20',
  '',
].join('\n');

export const BED_PLAN = file('Bed plan.webp', 'image/webp', () => picture('bed-plan.webp'));
/** A drawn picture of a product. @param name of its file, without the extension */
export const productPicture = (name: string): DemoFile =>
  file(`${name}.webp`, 'image/webp', () => picture(`${name}.webp`));

export const HARVEST = file('Harvest.webp', 'image/webp', () => picture('harvest.webp'));
export const WATERING_PLAN = file('Watering.csv', 'text/csv', () => Buffer.from(WATERING));
