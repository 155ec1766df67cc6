/**
 * A notice as a message of Slack, in blocks. Nothing in a name or text is taken for markup: `&`, `<` and `>` are escaped as
 * Slack asks for, so there are no mentions and links, and what would begin bold, code or quotes is broken up.
 *
 * Limits: 50 blocks, 150 characters a header, 3,000 a section (https://docs.slack.dev/reference/block-kit/blocks).
 */
import type { Alert, Severity } from '../alerts/alert';
import { headline, type Notice, restOf } from '../alerts/notice';
import { cut, oneLine } from '../alerts/plain-text';

export interface SlackMessage {
  /** For notifications, and where blocks are not shown. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

export type SlackBlock =
  | {
      readonly type: 'header';
      readonly text: { readonly type: 'plain_text'; readonly text: string; readonly emoji: false };
    }
  | {
      readonly type: 'section';
      readonly text: { readonly type: 'mrkdwn'; readonly text: string; readonly verbatim: true };
    }
  | {
      readonly type: 'context';
      readonly elements: readonly {
        readonly type: 'plain_text';
        readonly text: string;
        readonly emoji: false;
      }[];
    };

const HEADER_MAX = 150;
const FIELD_MAX = 700;

/** Never by colour alone: the word stands there, too. */
const SIGN: Readonly<Record<Severity, string>> = { critical: '■', warning: '▲', info: '●' };

export function slackMessage(notice: Notice): SlackMessage {
  const rest = restOf(notice);
  return {
    text: escaped(cut(headline(notice), 300)),
    blocks: [
      { type: 'header', text: plain(cut(headline(notice), HEADER_MAX)) },
      ...notice.alerts.map(
        (alert): SlackBlock => ({
          type: 'section',
          text: { type: 'mrkdwn', text: sectionOf(alert), verbatim: true },
        }),
      ),
      ...(rest === '' ? [] : [{ type: 'context', elements: [plain(rest)] } satisfies SlackBlock]),
      { type: 'context', elements: [plain(`Breakwater, notice ${notice.id.slice(0, 12)}`)] },
    ],
  };
}

function sectionOf({ severity, state, title, why, next, time }: Alert): string {
  const word = state === 'cleared' ? '○ cleared' : `${SIGN[severity]} ${severity}`;
  const lines = [`*${word}*  ${escaped(cut(title, FIELD_MAX))}`];
  if (why !== '') lines.push(escaped(cut(why, FIELD_MAX)));
  if (next !== '') lines.push(`_Next:_ ${escaped(cut(next, FIELD_MAX))}`);
  lines.push(escaped(time));
  return lines.join('\n');
}

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false }) as const;

/** A zero-width space after what begins markup takes its meaning, and leaves what is read. */
const escaped = (text: string): string =>
  oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[*_~`]/g, (mark) => `${mark}\u200b`);
