// For editors, which look here. The linters live in tools/lint with a TypeScript of their own: see its package.json.
export { default } from './tools/lint/eslint.config.mjs';
