import './node-version.mjs';
import module from 'node:module';

// `npm start`: everything from a fresh clone to a running server. The server becomes this very process, so that signals,
// exit code and kill -9 mean what they say; it starts and stops PostgreSQL itself.
const { fail, readDotEnv } = await import('./shell.mjs');
const { setup } = await import('./setup.mjs');
const { build } = await import('./build.mjs');

setup();
if (!build()) fail('Loket does not compile; see above.');
readDotEnv();
process.setSourceMapsEnabled(true);
module.enableCompileCache?.(); // Node 22 and newer keep compiled code for the next start
await import('../apps/server/dist/main.js');
