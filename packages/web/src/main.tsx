// Before all parts, whose styles build on them.
import './ui/styles.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import './app/app.css';
import { preloadScreen } from './app/routes.tsx';
import { activateLanguage, firstLanguage } from './i18n/setup.ts';
import { keepAppHere } from './live/app-version.ts';
import { keepFresh } from './live/queries.ts';
import { resumeSession } from './live/session.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
keepFresh();
// What the first screen waits for is asked for at once, each beside the others: the session, its code, its texts.
void resumeSession();
void preloadScreen().catch(() => undefined);
if (import.meta.env.PROD) keepAppHere();
await activateLanguage(firstLanguage());
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
