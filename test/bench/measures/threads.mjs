export { measureThreads as measure } from './many-stores.mjs';
