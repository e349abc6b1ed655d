import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** What every start needs. Emoji and faces of other scripts are kept once they were used. */
const isNeeded = (name: string) => /^web\/.*(\.js|\.css|-latin-wght-normal-[^/]*\.woff2)$/.test(name);

/** Tells the service worker which files make up this version of the app. */
export function serviceWorkerFiles(): Plugin {
  return {
    name: 'atrium:service-worker-files',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle['sw.js'];
      if (worker?.type !== 'chunk') throw new Error('The build has no sw.js');
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('The build has no index.html');
      const files = Object.keys(bundle).filter(isNeeded).sort();
      const version = createHash('sha256')
        .update(files.join('\n'))
        .update(page.source)
        .update(worker.code)
        .digest('base64url')
        .slice(0, 12);
      worker.code = worker.code
        .replaceAll('__APP_FILES__', JSON.stringify(files.map((name) => `/${name}`)))
        .replaceAll('__APP_VERSION__', JSON.stringify(version));
    },
  };
}
