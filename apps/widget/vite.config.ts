import { defaultClientConditions, defineConfig } from 'vite';

/** One file, `dist/widget.js`, with everything in it: a classic script that leaves nothing global but `Loket`. */
export default defineConfig({
  resolve: { conditions: ['@loket/source', ...defaultClientConditions] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    target: ['es2022', 'safari16.4'],
    lib: { entry: 'src/main.ts', formats: ['iife'], name: 'loketWidget', fileName: () => 'widget.js' },
  },
});
