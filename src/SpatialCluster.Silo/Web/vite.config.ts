import { defineConfig } from 'vite';

// Everything is served by the program itself, under whatever path a proxy puts it: all names are relative, nothing is inlined.
export default defineConfig({
  base: './',
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'licenses.md' },
  },
});
