/**
 * A notice as a mail: plain text, and HTML that needs no picture, no font and no colour to be understood. What comes from
 * records is escaped, and no line break of it reaches a header.
 */
import { createHash } from 'node:crypto';
import type { Alert } from '../alerts/alert';
import { headline, type Notice, restOf } from '../alerts/notice';
import { cut, oneLine } from '../alerts/plain-text';

export interface EmailMessage {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same whenever the notice is sent again: mail servers and programs know it by this. */
  readonly messageId: string;
  /** All mails about what the first line is about make one thread. */
  readonly thread: string;
}

const SUBJECT_MAX = 200;

export function emailMessage(notice: Notice, domain: string): EmailMessage {
  const lines = notice.alerts.map(textOf);
  const rest = restOf(notice);
  return {
    subject: cut(`[Breakwater] ${headline(notice)}`, SUBJECT_MAX),
    text: [...lines, ...(rest === '' ? [] : [rest]), `Notice ${notice.id}`].join('\n\n'),
    html: page(notice, rest),
    messageId: `<${notice.id}@${domain}>`,
    thread: `<${threadOf(notice.alerts[0]!)}@${domain}>`,
  };
}

function textOf({ severity, state, title, why, next, time }: Alert): string {
  const lines = [`${wordOf({ severity, state })}  ${oneLine(title)}`];
  if (why !== '') lines.push(`  Why:  ${oneLine(why)}`);
  if (next !== '') lines.push(`  Next: ${oneLine(next)}`);
  lines.push(`  At:   ${oneLine(time)}`);
  return lines.join('\n');
}

const wordOf = ({ severity, state }: Pick<Alert, 'severity' | 'state'>): string =>
  state === 'cleared' ? 'CLEARED' : severity.toUpperCase();

const BORDER = { critical: '#b00020', warning: '#a15c00', info: '#2f5d8a' } as const;

function page({ alerts, id }: Notice, rest: string): string {
  const items = alerts.map((alert) => {
    const { severity, state, title, why, next, time } = alert;
    const border = state === 'cleared' ? '#5f6b76' : BORDER[severity];
    return [
      `<div style="margin:0 0 16px;padding:8px 12px;border-left:4px solid ${border}">`,
      `<div><strong>${wordOf(alert)}</strong> ${html(title)}</div>`,
      ...(why === '' ? [] : [`<div style="margin-top:4px">${html(why)}</div>`]),
      ...(next === '' ? [] : [`<div style="margin-top:4px"><em>Next:</em> ${html(next)}</div>`]),
      `<div style="margin-top:4px;font-size:12px;opacity:.75">${html(time)}</div>`,
      '</div>',
    ].join('');
  });
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><title>Breakwater</title></head>',
    '<body style="margin:0;padding:16px;font:15px/1.45 system-ui,sans-serif;max-width:640px;overflow-wrap:anywhere">',
    ...items,
    ...(rest === '' ? [] : [`<p>${html(rest)}</p>`]),
    `<p style="font-size:12px;opacity:.75">Notice ${html(id)}</p></body></html>`,
  ].join('\n');
}

/** A name of a thread is an address: a key is none. */
const threadOf = ({ key }: Alert): string =>
  `alert.${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;

const html = (text: string): string =>
  oneLine(text).replaceAll(/[&<>"']/g, (mark) => `&#${mark.codePointAt(0)};`);
