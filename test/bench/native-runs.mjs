/**
 * Gets hold of the addon's run objects, which the facade keeps to itself, for the counter that only they have: how many
 * bytes the event channel has in use. To be called before the addon is loaded.
 */
export function watchNativeRuns() {
  const runs = [];
  const load = process.dlopen;
  process.dlopen = (module, ...rest) => {
    load.call(process, module, ...rest);
    if (typeof module.exports.logOn === 'function') module.exports = watchedBinding(module.exports, runs);
  };
  return runs;
}

function watchedBinding(binding, runs) {
  const watchedStore = (store) =>
    watched(store, 'synchronize', (run) => {
      runs.push(run);
      return run;
    });
  const watchedSession = (session) => watched(session, 'openStore', (request) => answering(request, watchedStore));
  return watched(binding, 'logOn', (request) => answering(request, watchedSession));
}

/** A request whose answer goes through `change`. */
function answering(request, change) {
  return { promise: request.promise.then(change), abandon: () => request.abandon() };
}

/** The same object, but that what one of its methods returns goes through `change`. */
function watched(object, name, change) {
  return new Proxy(object, {
    get(target, key) {
      const value = target[key];
      if (typeof value !== 'function') return value;
      return (...args) => (key === name ? change(value.apply(target, args)) : value.apply(target, args));
    },
  });
}
