import { createHash } from 'node:crypto';
import path from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';

const SOURCE = path.resolve(import.meta.dirname, '../src/sw/sw.ts');

/** What every start needs. Emoji and faces of other scripts are kept once they were used. */
const isNeeded = (name: string) => /^web\/.*(\.js|\.css|-latin-wght-normal-[^/]*\.woff2)$/.test(name);

/**
 * Builds the service worker, which knows the files that make up this version of the app.
 *
 * It is a build of its own: a service worker is a classic script, which fails as soon as it imports a chunk that it
 * shares with the pages.
 */
export function serviceWorker(): Plugin {
  let target: string | string[] | false = false;
  return {
    name: 'atrium:service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved({ build }) {
      target = build.target;
    },
    async generateBundle(_options, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('The build has no index.html');
      const files = Object.keys(bundle).filter(isNeeded).sort();
      const code = await scriptOf(SOURCE, target);
      const version = createHash('sha256')
        .update(files.join('\n'))
        .update(page.source)
        .update(code)
        .digest('base64url')
        .slice(0, 12);
      const source = code
        .replaceAll('__APP_FILES__', JSON.stringify(files.map((name) => `/${name}`)))
        .replaceAll('__APP_VERSION__', JSON.stringify(version));
      this.emitFile({ type: 'asset', fileName: 'sw.js', source });
    },
  };
}

/** A module and all that it imports, as one script. */
async function scriptOf(input: string, target: string | string[] | false): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    build: { target, write: false, rolldownOptions: { input, output: { format: 'iife' } } },
  });
  const [script, ...others] = (result as Rolldown.RolldownOutput).output;
  if (others.length > 0) throw new Error(`The service worker must be one file, and also needs ${others[0]?.fileName}`);
  return script.code;
}
