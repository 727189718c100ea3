/** How long importing a package takes in a process that has imported nothing before, in ms: `node import-time.mjs NAME`. */
const begin = performance.now();
await import(process.argv[2]);
process.send(performance.now() - begin, () => process.disconnect());
