import process from 'node:process';
import sharp from 'sharp';
import { convertImage } from './convert.ts';
import { BadImage, type ImageTask, TOO_LONG } from './image.ts';
import { runBehind } from './priority.ts';

/**
 * A process that converts pictures, one at a time, in one thread and behind everything else: a damaged picture can end
 * it, and it ends itself when one takes too long, without harm to the server.
 */
runBehind(10);
sharp.concurrency(1);
sharp.cache(false);

const mostCpuMs = Number(process.argv[2]);
const LOOK_MS = 100;

/** The picture is converted in another thread, so this one can look how long it takes. */
function watch(): () => void {
  const before = process.cpuUsage();
  const look = () => {
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1_000 > mostCpuMs) process.exit(TOO_LONG);
  };
  const timer = setInterval(look, LOOK_MS);
  return () => {
    clearInterval(timer);
    look();
  };
}

process.on('message', (task: ImageTask) => {
  const stop = watch();
  convertImage(task)
    .finally(stop)
    .then(
      (image) => process.send?.({ image }),
      (error: unknown) => {
        const isBad = error instanceof BadImage;
        process.send?.({ error: isBad ? error.message : String(error), isBad });
      },
    );
});
// Whoever it works for is gone.
process.once('disconnect', () => process.exit());
process.send?.('ready');
