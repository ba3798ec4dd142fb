import { testHonestStrategies } from './honest-strategies.ts';

testHonestStrategies('weights');
