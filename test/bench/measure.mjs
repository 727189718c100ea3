/** A child process of the benchmark: `node measure.mjs NAME JSON` takes one measurement and sends it to who started it. */
const [name, options] = process.argv.slice(2);
const { measure } = await import(`./measures/${name}.mjs`);
const answer = await measure(JSON.parse(options));
process.send(answer, () => process.disconnect());
