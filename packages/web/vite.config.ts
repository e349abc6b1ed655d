import process from 'node:process';
import { serverPaths } from '@atrium/protocol/rules';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { headFiles } from './build/head-files.ts';
import { messageMacros } from './build/macros.ts';
import { serviceWorker } from './build/service-worker.ts';

/** The server to which the development server passes what it does not answer itself. */
const SERVER = process.env.ATRIUM_SERVER ?? 'http://127.0.0.1:3000';
/** Files that the server answers; what is below /web is built only for it. */
const SERVER_FILES = ['/openapi.json', '/asyncapi.json', '/postman.json', '/favicon.svg', '/favicon.ico'];
const proxied = [...serverPaths.filter((path) => path !== '/web'), ...SERVER_FILES];

/** Libraries that every screen needs. */
const EVERYWHERE =
  /node_modules\/(react|react-dom|scheduler|use-sync-external-store|@tanstack\/(history|query-core|react-query|react-router|react-store|router-core|store))\//;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), messageMacros(), headFiles(), serviceWorker()],
  build: {
    // Two years of browsers.
    target: ['chrome131', 'edge131', 'firefox132', 'safari18'],
    assetsDir: 'web',
    rolldownOptions: {
      output: {
        entryFileNames: 'web/[name]-[hash].js',
        // What the first screen needs compresses better as a few files than as a hundred, and browsers fetch only six at a
        // time.
        codeSplitting: {
          groups: [
            { name: 'libraries', test: EVERYWHERE, priority: 2 },
            { name: 'app', tags: ['$initial'], priority: 1 },
          ],
        },
      },
    },
    // Fonts and images as data: would need a laxer policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    emptyOutDir: true,
    reportCompressedSize: false,
  },
  server: {
    proxy: Object.fromEntries(
      proxied.map((path) => [`^${path}(?=[/?]|$)`, { target: SERVER, ws: path === '/socket.io' }]),
    ),
  },
});
