/** Tables of pure functions: distributions. */
import { bivariateNormalCdf } from '../../../pricing/math/bivariate-normal';
import { bivariateStudentCdf } from '../../../pricing/math/bivariate-student';
import { type AnyReferenceTable, numberIn, type ReferenceTable } from './reference-table';

const bivariateNormal: ReferenceTable = {
  file: 'distributions.global.values.csv',
  price: (row) => ({
    expected: numberIn(row, 'result'),
    actual: bivariateNormalCdf({ a: numberIn(row, 'a'), b: numberIn(row, 'b'), rho: numberIn(row, 'rho') }),
    tolerance: 1e-6,
  }),
};

const bivariateStudent: ReferenceTable = {
  file: 'distributions.testBivariateCumulativeStudent.cases.csv',
  price: (row) => ({
    expected: numberIn(row, 'result'),
    actual: bivariateStudentCdf({
      x: numberIn(row, 'x'),
      y: numberIn(row, 'y'),
      rho: numberIn(row, 'rho'),
      degrees: numberIn(row, 'n'),
    }),
    tolerance: 1e-6,
  }),
};

export const mathTables: readonly AnyReferenceTable[] = [
  bivariateNormal,
  bivariateStudent,
] as readonly AnyReferenceTable[];
