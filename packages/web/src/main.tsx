// Before all parts, whose styles build on them.
import './ui/styles.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import './app/app.css';
import { activateLanguage, firstLanguage } from './i18n/setup.ts';
import { keepAppHere } from './live/app-version.ts';
import { keepFresh } from './live/queries.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
keepFresh();
if (import.meta.env.PROD) keepAppHere();
await activateLanguage(firstLanguage());
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
