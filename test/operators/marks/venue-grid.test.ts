/** Slots by instrument and venue, in the grid and beside it. */
import fc from 'fast-check';
import { VenueGrid } from '../../../operators/marks/venue-grid';

// Dense and far numbers, so that the grid grows both ways and has no room for some.
const number = fc.oneof(fc.nat(7), fc.nat(5_000), fc.constantFrom(2 ** 20, 2 ** 22 - 1, 2 ** 31 - 1, -1));

test('a grid answers as a map of pairs would, however far apart the numbers are', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { maxLength: 40 }), (pairs) => {
      const grid = new VenueGrid();
      const slots = new Map<string, number>();
      for (const [instrument, venue] of pairs) {
        const key = `${instrument}/${venue}`;
        expect(grid.find(instrument, venue)).toBe(slots.get(key) ?? -1);
        if (slots.has(key)) continue;
        grid.set(instrument, venue, slots.size);
        slots.set(key, slots.size);
      }
      for (const [instrument] of pairs)
        for (const [, venue] of pairs)
          expect(grid.find(instrument, venue)).toBe(slots.get(`${instrument}/${venue}`) ?? -1);
    }),
  );
});
