/** The report as text: for a terminal, and for docs/performance.md. */

const MEGABYTE = 1024 * 1024;
const BEGIN = '<!-- made by npm run bench -- --document -->';
const END = '<!-- end -->';

/** For a terminal. */
export function printed(report) {
  return [heading(report), ...tablesOf(report).map(aligned)].join('\n\n');
}

/** A document with the tables between its two marks replaced. @param {string} document */
export function documented(document, report) {
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`the document has no place for the table: ${BEGIN} ... ${END}`);
  return [
    before,
    BEGIN,
    '\n\n',
    [heading(report), ...tablesOf(report).map(markdown)].join('\n\n'),
    '\n\n',
    END,
    after,
  ].join('');
}

function heading({ at, node, arch, processors, seconds }) {
  return `${at.slice(0, 10)}, Node.js ${node} for Windows ${arch}, ${processors}, ${seconds} s`;
}

function tablesOf({ ways, figures }) {
  const tables = [];
  if (ways.length > 0) tables.push(waysTable(ways));
  if (figures.length > 0) tables.push(figuresTable(figures));
  return tables;
}

function waysTable(ways) {
  const head = ['way', 'ns a Progress, flood', 'in bursts', 'reader asleep', 'M events/s to JavaScript', 'memory, +MB'];
  const rows = ways.map(({ title, floodNs, burstNs, alone, calls, delivered, perSecond, memoryGrowth }) => [
    title,
    spread(floodNs, nanoseconds),
    spread(burstNs, nanoseconds),
    alone === null ? '-' : spread(alone, nanoseconds),
    delivered === 0 ? '-' : delivered < calls ? `${delivered} of ${calls} delivered` : spread(perSecond, millions),
    spread(memoryGrowth, megabytes),
  ]);
  return [head, ...rows];
}

function figuresTable(figures) {
  const rows = figures.map(({ what, measured, target, met }) => [what, measured, target, met ? 'met' : 'missed']);
  return [['what', 'measured', 'target', ''], ...rows];
}

const nanoseconds = (ns) => (ns < 1000 ? ns.toFixed(ns < 10 ? 1 : 0) : Math.round(ns).toLocaleString('en'));
const millions = (count) => (count / 1e6).toFixed(count < 1e5 ? 3 : 2);
const megabytes = (bytes) => String(Math.max(0, Math.round(bytes / MEGABYTE)));

function spread({ median, min, max }, format) {
  const [middle, low, high] = [median, min, max].map(format);
  return low === high ? middle : `${middle} (${low}-${high})`;
}

function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function markdown([head, ...rows]) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
