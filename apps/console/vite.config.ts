import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

const api = 'http://127.0.0.1:3000';

/** The server serves `dist` at `/`; in development the API and the sockets are proxied to it. */
export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['@loket/source', ...defaultClientConditions] },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': { target: api }, '/socket.io': { target: api, ws: true } },
  },
  build: { outDir: 'dist', emptyOutDir: true, sourcemap: false, target: 'es2023' },
});
