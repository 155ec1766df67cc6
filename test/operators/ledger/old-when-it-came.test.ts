/** A history that is told long after it happened: what came together with it, or right behind it, is one story. */
import { bust, correct, Desk, short, told } from '../../support/ledger-desk';

const HOUR = 3600;
/** In seconds after the start; the desk's horizon is one trading day. */
const LATER = 30 * 24 * HOUR;

test('an execution older than the horizon when it came is restated by what comes in pieces behind it', () => {
  const desk = new Desk();
  desk.at(LATER, { fills: [told('x', { time: 0 }), told('y', { quantity: -4, price: 110, time: 60 })] });
  desk.drain(LATER + HOUR);
  desk.restart();
  const corrected = desk.at(LATER + HOUR, { fills: [correct('c', 'x', { price: 105, time: 120 })] });
  expect([corrected.refused, corrected.positions.map(short)]).toEqual([
    [],
    [{ quantity: 6, cost: 630, realised: 20, fills: 2 }],
  ]);
  desk.drain(LATER + 2 * HOUR);
  desk.restart();
  const busted = desk.at(LATER + 2 * HOUR, { fills: [bust('b', 'y', { quantity: -4, time: 180 })] });
  expect([busted.refused, busted.positions.map(short)]).toEqual([
    [],
    [{ quantity: 10, cost: 1050, realised: 0, fills: 1 }],
  ]);
});

test('and leaves it after as long as any other', () => {
  const desk = new Desk();
  desk.at(LATER, { fills: [told('x', { time: 0 })] });
  const weekLater = LATER + 7 * 24 * HOUR;
  desk.drain(weekLater);
  const { refused, positions } = desk.at(weekLater, { fills: [bust('b', 'x', { time: 60 })] });
  expect([refused, positions]).toEqual([['b: TooOld'], []]);
});
