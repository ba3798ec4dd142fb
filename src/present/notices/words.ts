import type { NoticeText } from '../../domain/monitoring/channels.ts';
import type { Notice } from '../../domain/monitoring/notices.ts';
import type { Alert } from '../../domain/run.ts';
import { counted, date, percent, share } from '../format.ts';

/** What a run raised at a close, as one sentence without its day. */
export function alarmWords({ kind, value }: Alert): string {
  switch (kind) {
    case 'drawdown':
      return `Drawdown reached ${share(value)}.`;
    case 'drawdown-stop':
      return `Drawdown stop: equity closed ${percent(value)} below its peak.`;
    case 'kill-switch':
      return `Kill-switch: equity closed at ${percent(value)} of the close before.`;
    case 'margin-call':
      return `Margin call: equity was ${percent(value)} of gross exposure.`;
  }
}

/** `study` is its name, or what was worked on. */
export function noticeText(notice: Notice, study: string): NoticeText {
  switch (notice.kind) {
    case 'alarm': {
      const { alarm } = notice;
      return {
        title: study,
        text: `${alarmWords(alarm)} At the close of ${date(alarm.day)}, in the backtest.`,
        urgent: true,
      };
    }
    case 'finding': {
      const { title, text } = notice.finding;
      return { title: study, text: `The audit has turned red: ${title}. ${text}`, urgent: true };
    }
    case 'done':
      return {
        title: study,
        text: `Done after ${counted(Math.round(notice.took / 60_000), 'minute')}.`,
        urgent: false,
      };
    case 'failed':
      return { title: study, text: `The run failed: ${notice.why}`, urgent: true };
    case 'test':
      return {
        title: study,
        text: 'A test: notices of Outsample arrive here.',
        urgent: false,
      };
  }
}
