import { withData } from '../support/data-folder';
import { scenarioDays } from '../support/scenario-sets';

withData('curves', 'historical-scenarios')('daily dollar curves', () => {
  test('every day has three curves of positive rates whose discount factors fall week by week', () => {
    const days = scenarioDays();
    expect(days.length).toBeGreaterThan(60);
    for (const { curves } of days) {
      expect(curves.size).toBe(3);
      for (const { discount, times, zeros } of curves.values()) {
        expect(zeros.every((zero) => zero >= 0)).toBe(true);
        const weeks = Math.floor((times.at(-1)! + 5) / (7 / 365));
        const factors = Array.from({ length: weeks }, (_, week) => discount((week * 7) / 365));
        expect(factors.every((factor, week) => week === 0 || factor < factors[week - 1]!)).toBe(true);
      }
    }
  });
});
