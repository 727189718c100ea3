/**
 * Gets hold of the addon's run objects, which the facade keeps to itself, for the counter that only they have: how many
 * bytes the event channel has in use. To be called before the addon is loaded.
 */
export function watchNativeRuns() {
  const runs = [];
  const load = process.dlopen;
  process.dlopen = (module, ...rest) => {
    load.call(process, module, ...rest);
    if (typeof module.exports.logOn !== 'function') return;
    afterwards(module.exports, 'logOn', ({ promise }) => {
      promise.then((session) => {
        afterwards(Object.getPrototypeOf(session), 'openStore', ({ promise: opened }) => {
          opened.then((store) => afterwards(Object.getPrototypeOf(store), 'synchronize', (run) => runs.push(run)));
        });
      });
    });
  };
  return runs;
}

/** Has `look` see what a method returns, before its caller does. */
function afterwards(object, name, look) {
  const method = object[name];
  object[name] = function (...args) {
    const result = method.apply(this, args);
    look(result);
    return result;
  };
}
