import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');

/** The tests look at the app as it is shipped. */
export default async function buildApp(): Promise<void> {
  const { ensureWebBuilt } = (await import(new URL('../../../scripts/bootstrap/web.mjs', import.meta.url).href)) as {
    ensureWebBuilt(root: string): Promise<void>;
  };
  await ensureWebBuilt(root);
}
