import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The portal: one page, its rooms loaded when they are entered. */
export default defineConfig({
  root: join(import.meta.dirname, 'portal'),
  plugins: [react()],
  build: {
    outDir: join(import.meta.dirname, 'dist/portal'),
    emptyOutDir: true,
    target: 'es2023',
    // The Content-Security-Policy lets no script in that is not a file.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  logLevel: 'warn',
});
