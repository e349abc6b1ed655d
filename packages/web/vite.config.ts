import process from 'node:process';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { headFiles } from './build/head-files.ts';
import { messageMacros } from './build/macros.ts';
import { serviceWorkerFiles } from './build/service-worker.ts';

/** Where the server runs to which the development server hands on what is not its own. */
const SERVER = process.env.ATRIUM_SERVER ?? 'http://127.0.0.1:3000';
const SERVED_BY_THE_SERVER = [
  '/api',
  '/socket.io',
  '/docs',
  '/openapi.json',
  '/asyncapi.json',
  '/postman.json',
  '/health',
  '/mailbox',
  '/assets',
  '/favicon.svg',
  '/favicon.ico',
];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), messageMacros(), headFiles(), serviceWorkerFiles()],
  build: {
    // Two years of browsers.
    target: ['chrome131', 'edge131', 'firefox132', 'safari18'],
    assetsDir: 'web',
    rolldownOptions: {
      input: { index: 'index.html', sw: 'src/sw/sw.ts' },
      // The service worker rules over addresses below its own.
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'web/[name]-[hash].js') },
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
      SERVED_BY_THE_SERVER.map((path) => [path, { target: SERVER, ws: path === '/socket.io' }]),
    ),
  },
});
