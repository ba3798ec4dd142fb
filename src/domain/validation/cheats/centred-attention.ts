import { attention, feature } from '../../features.ts';
import { type Cheat, plainStudy } from './cheat.ts';
import { planOver } from './plan.ts';

export const centredAttention: Cheat = {
  id: 'centred-attention',
  title: 'Centred smoothing',
  does: 'Smooths attention by a centred mean: three bars before, three bars after.',
  where:
    'Filters of signal libraries (savgol_filter, filtfilt, rolling(center=True)) are centred by default or by an option that looks harmless.',
  caughtBy: ['cut', 'noise'],
  study: plainStudy,
  plan: () =>
    planOver(
      'centred_attention',
      feature('centred_attention', { inputs: { attention: attention(3, 7) } }),
      50,
    ),
};
