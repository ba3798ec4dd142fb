import { testHonestStrategies } from './honest-strategies.ts';

testHonestStrategies('trend');
