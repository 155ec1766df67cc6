/** A published swaption volatility cube: every quote comes back, and each smile is fitted by SABR. */
import { tenorOf, tenorYears } from '../../../pricing/calendars/tenor';
import { swaptionCube } from '../../../pricing/volatility/swaption-cube';
import { certain } from '../support/dual-curve';
import type { AnyReferenceTable, Judged, ReferenceTable } from './reference-table';

interface CubeFile {
  readonly option_tenors: readonly string[];
  readonly swap_tenors: readonly string[];
  readonly atm_lognormal_vols: readonly (readonly number[])[];
  readonly cube: {
    readonly option_tenors: readonly string[];
    readonly swap_tenors: readonly string[];
    readonly strike_spreads: readonly number[];
    readonly vol_spreads: readonly (readonly number[])[];
  };
}

const years = (tenors: readonly string[]): readonly number[] =>
  tenors.map((tenor) => tenorYears(tenorOf(tenor)));

const cube: ReferenceTable<CubeFile> = {
  file: 'swaptionvolatility.atm_matrix_and_cube.json',
  rows: (text) => [JSON.parse(text) as CubeFile],
  price: (file) => {
    const { option_tenors, swap_tenors, strike_spreads, vol_spreads } = file.cube;
    const [optionTimes, swapLengths] = [years(option_tenors), years(swap_tenors)];
    const atm = {
      optionTimes: years(file.option_tenors),
      swapLengths: years(file.swap_tenors),
      values: file.atm_lognormal_vols,
    };
    const spreads = optionTimes.map((_, option) =>
      swapLengths.map((__, swap) => vol_spreads[option * swapLengths.length + swap]!),
    );
    const volatility = certain(
      swaptionCube({ atm, smile: { optionTimes, swapLengths, strikeSpreads: strike_spreads, spreads } }),
    );
    const flat = certain(swaptionCube({ atm }));
    const judged: Judged[] = [];
    atm.values.forEach((row, option) => {
      row.forEach((expected, swap) => {
        const point = { optionTime: atm.optionTimes[option]!, swapLength: atm.swapLengths[swap]! };
        judged.push({
          figure: `atm ${option} ${swap}`,
          expected,
          actual: volatility(point),
          tolerance: 1e-14,
          basis: 'round-trip',
        });
      });
    });
    optionTimes.forEach((optionTime, option) => {
      swapLengths.forEach((swapLength, swap) => {
        strike_spreads.forEach((strikeSpread, strike) => {
          const point = { optionTime, swapLength, strikeSpread };
          const expected = flat(point) + spreads[option]![swap]![strike]!;
          judged.push({
            figure: `smile ${option} ${swap} ${strike}`,
            expected,
            actual: volatility(point),
            tolerance: 1e-14,
            basis: 'round-trip',
          });
        });
      });
    });
    return judged;
  },
};

export const swaptionCubeTables: readonly AnyReferenceTable[] = [cube] as readonly AnyReferenceTable[];
