/** What is sent: nothing of a name or text is taken for markup, a header or a line of its own, and limits are kept. */
import { createHmac } from 'node:crypto';
import type { Alert } from '../../../sinks/alerts/alert';
import { compose, headline, type Notice } from '../../../sinks/alerts/notice';
import { emailMessage } from '../../../sinks/email/email-message';
import { slackMessage } from '../../../sinks/slack/slack-message';
import { webhookRequest } from '../../../sinks/webhook/webhook-request';

const alert = (told: Partial<Alert>): Alert => ({
  key: 'a',
  state: 'raised',
  severity: 'warning',
  title: 'Venue A is down',
  why: '',
  next: '',
  time: '2026-03-02T10:00:00Z',
  ...told,
});
const HOSTILE =
  '<!channel> <https://evil.example|click> *bold* _it_ `code` & </div><script>alert(1)</script>\r\nBcc: all@example.org \u202eabc';
const noticeOf = (...alerts: readonly Partial<Alert>[]): Notice =>
  compose(
    'f00d',
    alerts.map((one, index) => alert({ key: String(index), ...one })),
  )!;

test('a notice says the worst first, what is over last, each key as it stands, and counts the rest', () => {
  const notice = noticeOf(
    { key: 'x', severity: 'critical', state: 'cleared', title: 'over' },
    { key: 'y', severity: 'info' },
    { key: 'z', title: 'at 5' },
    { key: 'w', severity: 'critical', title: 'limit' },
    { key: 'z', title: 'at 6' },
  );
  expect(notice.alerts.map(({ key, title }) => `${key} ${title}`)).toEqual([
    'w limit',
    'z at 6',
    'y Venue A is down',
    'x over',
  ]);
  expect(headline(notice)).toBe('CRITICAL: limit (and 3 more)');
});

describe('Slack', () => {
  const { text, blocks } = slackMessage(noticeOf({ title: HOSTILE, why: HOSTILE, next: HOSTILE }));
  const marked = [text, ...blocks.flatMap((block) => (block.type === 'section' ? [block.text.text] : []))];

  test('takes nothing for a mention, a link or a mark', () => {
    for (const one of marked) {
      expect(one).not.toMatch(/<|(?<!&(?:amp|lt|gt);[^&]*)>/);
      expect(one).not.toContain('*bold*');
      expect(one).toContain('&lt;!channel&gt;');
      expect(one).not.toMatch(/\u202e|\r/);
    }
    expect(blocks[0]).toMatchObject({ type: 'header', text: { type: 'plain_text', emoji: false } });
  });

  test('keeps its limits, whatever comes', () => {
    const long = { title: '&'.repeat(5000), why: '𝔸'.repeat(5000), next: '<'.repeat(5000) };
    const notice = noticeOf(...Array.from({ length: 300 }, () => long));
    const message = slackMessage(notice);
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    for (const block of message.blocks) {
      if (block.type === 'header') expect([...block.text.text].length).toBeLessThanOrEqual(150);
      if (block.type === 'section') expect(block.text.text.length).toBeLessThanOrEqual(12_000);
      expect(JSON.stringify(block)).not.toMatch(/\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f])/i);
    }
    expect(JSON.stringify(message)).toContain('280 more: 280 warning');
  });
});

describe('mail', () => {
  test('has one line for a subject, no markup of others, and a thread for each key', () => {
    const { subject, html, text, messageId, thread } = emailMessage(
      noticeOf({ title: HOSTILE, why: HOSTILE }),
      'desk.example',
    );
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).not.toContain('<script');
    expect(html).not.toContain('</div><script>');
    expect(text).toContain('<script>');
    expect(messageId).toBe('<f00d@desk.example>');
    expect(thread).toMatch(/^<alert\.[0-9a-f]{32}@desk\.example>$/);
    expect(emailMessage(noticeOf({ title: 'later' }), 'desk.example').thread).toBe(thread);
    expect(emailMessage(noticeOf({ key: 'another' }), 'desk.example').thread).not.toBe(thread);
  });
});

test('a webhook can be verified by whoever knows the secret', () => {
  const { headers, body } = webhookRequest(noticeOf({}), { secret: 'hush', seconds: 1_764_547_200 });
  const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers['breakwater-signature']!)!;
  expect(signature).toBe(createHmac('sha256', 'hush').update(`${time}.${body}`).digest('hex'));
  expect(headers['idempotency-key']).toBe('f00d');
  expect(JSON.parse(body)).toMatchObject({ version: 1, id: 'f00d', alerts: [{ title: 'Venue A is down' }] });
  expect(webhookRequest(noticeOf({}), { secret: undefined, seconds: 1 }).headers).not.toHaveProperty(
    'breakwater-signature',
  );
});
