/** A child process of the benchmark: `node measure.mjs NAME JSON` takes one measurement and writes it to stdout, as JSON. */
const [name, options] = process.argv.slice(2);
const { measure } = await import(`./measures/${name}.mjs`);
process.stdout.write(JSON.stringify(await measure(JSON.parse(options))));
