import { sampleMapi } from 'mapisync/testing';
import { contractOf } from './contract-suite.js';

contractOf('the sample MAPI, by its path', () => sampleMapi);
