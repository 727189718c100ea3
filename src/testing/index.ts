/** `mapisync/testing`: message stores on demand, through the embedded sample MAPI. */
export { sampleMapi } from './sample-mapi.js';
export {
  type SampleMailboxStore,
  type SampleProfile,
  type SampleProfileOptions,
  type SampleScriptedStore,
  type SampleStore,
  type SampleStoreFolder,
  type SampleSynclessStore,
  sampleProfile,
} from './sample-profile.js';
export { type Scenario, type ScenarioHandle, type ScenarioThing, scenario } from './scenario.js';
