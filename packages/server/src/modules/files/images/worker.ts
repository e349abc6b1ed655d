import { setPriority } from 'node:os';
import process from 'node:process';
import sharp from 'sharp';
import { convertImage } from './convert.ts';
import { BadImage, type ImageTask } from './image.ts';

/**
 * A process that converts pictures, one at a time, in one thread and behind everything else: a damaged picture can end
 * it, and one that takes too long can be ended, without harm to the server.
 */
setPriority(10);
sharp.concurrency(1);
sharp.cache(false);

process.on('message', (task: ImageTask) => {
  convertImage(task).then(
    (image) => process.send?.({ image }),
    (error: unknown) => {
      const isBad = error instanceof BadImage;
      process.send?.({ error: isBad ? error.message : String(error), isBad });
    },
  );
});
// Whoever it works for is gone.
process.once('disconnect', () => process.exit());
