// Runs first and on any Node, so it uses nothing that is newer than modules themselves.
const wanted = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
  console.error(
    'Loket needs Node.js ' +
      wanted.join('.') +
      ' or newer; this is ' +
      process.versions.node +
      '. See https://nodejs.org/',
  );
  process.exit(1);
}
