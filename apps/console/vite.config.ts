import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

const api = 'http://127.0.0.1:3000';

interface Modules {
  getModuleInfo: (id: string) => { importedIds: readonly string[] } | null;
}

/**
 * What the first screen imports comes in one file instead of in as many as there are combinations of screens that share
 * something: each would be a request that the first paint waits for. Only our modules are named here; what they use of
 * libraries comes along, and what others use of the same libraries does not.
 */
function firstLoad() {
  let first: Set<string> | undefined;
  return (id: string, modules: Modules): string | null => {
    first ??= closure(fileURLToPath(new URL('src/main.tsx', import.meta.url)), modules);
    return first.has(id) && !id.includes('/node_modules/') ? 'console' : null;
  };
}

/** All that one module imports without being asked, and so on. */
function closure(entry: string, modules: Modules): Set<string> {
  const found = new Set([entry]);
  for (const id of found) for (const next of modules.getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}

/** The server serves `dist` at `/`; in development the API and the sockets are proxied to it. */
export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['@loket/source', ...defaultClientConditions] },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': { target: api }, '/socket.io': { target: api, ws: true } },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2023',
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: firstLoad(), debugName: 'console' }],
        },
      },
    },
  },
});
