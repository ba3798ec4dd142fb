import * as Comlink from 'comlink';
import { createTrialService } from './services/trial-job.ts';

Comlink.expose(createTrialService());
