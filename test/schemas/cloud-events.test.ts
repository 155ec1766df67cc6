/** Headers of business events, as CloudEvents' Kafka protocol binding (1.0, binary mode) and W3C Trace Context have them. */
import fc from 'fast-check';
import { cloudEventHeaders, envelopeFrom, eventId, inputCause, timerCause } from '../../schemas/cloud-events';
import { fills } from '../../schemas/ledger';

const fill = { executionId: 'E-1', account: 3, instrument: 17, time: 1_742_567_400_000_123 };
const headersOf = (cause: string, ordinal = 0): Map<string, string> =>
  new Map(
    envelopeFrom('/breakwater/ledger')({
      topic: fills,
      row: fill,
      step: { number: 5, now: 1 },
      cause,
      task: 2,
      ordinal,
    }),
  );

describe('a fill', () => {
  const cause = inputCause({ topic: 'venue.executions', partition: 2, offset: 4711, index: 9 });
  const headers = headersOf(cause);

  it.each([
    ['ce_specversion', '1.0'],
    ['ce_id', 'ledger.fills/task-2/venue.executions/2/4711/9/0'],
    ['ce_source', '/breakwater/ledger'],
    ['ce_type', 'breakwater.ledger.fill'],
    ['ce_time', '2025-03-21T14:30:00.000123Z'],
    ['ce_subject', '3/17'],
    ['ce_causationid', 'venue.executions/2/4711/9'],
    ['ce_correlationid', 'venue.executions/2/4711/9'],
    ['content-type', 'application/avro'],
  ])('carries %s', (name, value) => {
    expect(headers.get(name)).toBe(value);
  });

  it('has every attribute under a name that the binding allows, once', () => {
    const pairs = envelopeFrom('/x')({
      topic: fills,
      row: fill,
      step: { number: 0, now: 0 },
      cause,
      task: 2,
      ordinal: 0,
    });
    const names = pairs.map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    // Attribute names are lower-case letters and digits, at most 20 of them by the specification's advice.
    for (const name of names) expect(name).toMatch(/^(ce_[a-z0-9]{1,20}|content-type|traceparent)$/);
  });

  it('carries one trace context, in the form of version 00', () => {
    expect(headers.get('traceparent')).toMatch(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01$/);
    expect(headers.get('ce_traceparent')).toBe(headers.get('traceparent'));
  });
});

it('is the same in a replay, and differs from every other event', () => {
  const causes = fc.oneof(
    fc
      .record({
        topic: fc.constantFrom('a.b', 'c.d'),
        partition: fc.nat(3),
        offset: fc.nat(),
        index: fc.nat(9),
      })
      .map(inputCause),
    fc.record({ table: fc.constantFrom('mark_timers', 't'), key: fc.nat(9), due: fc.nat() }).map(timerCause),
  );
  const events = fc.record({ topic: fc.constantFrom('x.y', 'x.z'), cause: causes, ordinal: fc.nat(9) });
  fc.assert(
    fc.property(events, events, (one, other) => {
      const same = JSON.stringify(one) === JSON.stringify(other);
      expect(eventId(one) === eventId(other)).toBe(same);
      expect([...headersOf(one.cause, one.ordinal)]).toEqual([...headersOf(one.cause, one.ordinal)]);
    }),
  );
});

it('shares its trace with what the same cause made, and is a span of its own', () => {
  const [first, second] = [0, 1].map(
    (ordinal) => headersOf('timer/mark_timers/4/99', ordinal).get('traceparent')!,
  );
  const [, trace, span] = first!.split('-');
  const [, otherTrace, otherSpan] = second!.split('-');
  expect(otherTrace).toBe(trace);
  expect(otherSpan).not.toBe(span);
});

it('goes on with the correlation of what it followed from, and leaves out a subject that there is not', () => {
  const event = { id: 'b', source: '/s', type: 't', time: -1, causation: 'a' };
  const headers = new Map(cloudEventHeaders({ ...event, correlation: 'first' }));
  expect(headers.get('ce_correlationid')).toBe('first');
  expect(headers.get('ce_causationid')).toBe('a');
  expect(headers.has('ce_subject')).toBe(false);
  expect(headers.get('ce_time')).toBe('1969-12-31T23:59:59.999999Z');
});
