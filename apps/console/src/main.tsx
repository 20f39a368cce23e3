import '@fontsource-variable/inter/opsz.css';
import '@mantine/core/styles.css';
import './app/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query.js';
import { textsReady } from './app/i18n.js';
import { askAhead } from './app/ask-ahead.js';
import { App } from './app/App.js';
import { startWorker } from './app/worker.js';

// after an update of the server, pages that were open ask for parts that are gone: load the new ones, but not for ever
window.addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('loket-reloaded') ?? 0);
  if (Date.now() - last < 30_000) return;
  sessionStorage.setItem('loket-reloaded', String(Date.now()));
  event.preventDefault();
  window.location.reload();
});

startWorker();

const root = document.getElementById('root');
if (!root) throw new Error('index.html lacks #root');
const page = createRoot(root);
const client = createQueryClient();
askAhead(client);
await textsReady;
page.render(
  <StrictMode>
    <App client={client} />
  </StrictMode>,
);
