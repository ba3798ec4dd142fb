import type { NoticeText } from '../../domain/monitoring/channels.ts';
import type { Notice } from '../../domain/monitoring/notices.ts';
import type { Alert } from '../../domain/run.ts';
import type { BarClock } from '../../domain/time/bar-clock.ts';
import { counted, date, percent, share } from '../format.ts';
import { instantWord, toldZone } from '../times.ts';

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

/** When that was: '2024-03-08', or '2024-03-08 10:35' where bars are within days. */
export function alarmTime({ day, at }: Alert, clock: BarClock | undefined): string {
  const zone = toldZone(clock);
  return zone === null || at === undefined ? date(day) : instantWord(at, zone);
}

/** `study` is its name, or what was worked on. */
export function noticeText(notice: Notice, study: string): NoticeText {
  switch (notice.kind) {
    case 'alarm': {
      const { alarm, clock } = notice;
      const zone = toldZone(clock);
      const when =
        zone === null || alarm.at === undefined
          ? `At the close of ${date(alarm.day)}`
          : `At ${alarmTime(alarm, clock)} in ${zone}`;
      return {
        title: study,
        text: `${alarmWords(alarm)} ${when}, in the backtest.`,
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
    case 'live':
      return { title: study, text: notice.text, urgent: notice.urgent };
    case 'test':
      return {
        title: study,
        text: 'A test: notices of Outsample arrive here.',
        urgent: false,
      };
  }
}
