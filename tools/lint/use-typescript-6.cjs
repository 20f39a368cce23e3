// TypeScript 7 has no JavaScript API yet, so the linters use the TypeScript 6 that lies beside this file. npm hoists some
// of their helpers to the top, where `typescript` means 7; this sends them here too. Goes when the linters can do 7.
const Module = require('node:module');

const ours = require.resolve('typescript');
const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => (request === 'typescript' ? ours : resolve(request, ...rest));
