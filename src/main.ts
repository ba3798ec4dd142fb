import { mount } from 'svelte';
import { DatasetState } from './state/dataset.svelte.ts';
import { Lab } from './state/lab.ts';
import { PreviewState } from './state/preview.svelte.ts';
import { RunState } from './state/run.svelte.ts';
import { StudyState } from './state/study.svelte.ts';
import { ThemeState } from './state/theme.svelte.ts';
import App from './ui/App.svelte';
import './ui/tokens.css';

const theme = new ThemeState();
const lab = new Lab();
const run = new RunState(lab);
const study = new StudyState();
const preview = new PreviewState(lab);
const dataset = new DatasetState(lab, (sample) => {
  run.clear();
  preview.clear();
  if (sample) study.takeSample();
});

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app.');
mount(App, { target, props: { theme, dataset, study, preview, run } });
