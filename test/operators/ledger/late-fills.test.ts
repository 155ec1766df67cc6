import { LateFills } from '../../../operators/ledger/late-fills';
import { rowsTable } from '../../../runtime/tables/rows';
import { LateFillStatus } from '../../../schemas/ledger';
import { lateFillTable } from '../../../schemas/tables';
import { told } from '../../support/ledger-desk';

test('a full queue takes no more fills, and goes on with those that it has', () => {
  const { name, codec, key } = lateFillTable;
  const late = new LateFills(rowsTable({ name, codec, key, limit: 2 }).open());
  const tell = (id: string, detail: string) => late.tell(told(id), { status: LateFillStatus.Open, detail });
  for (const id of ['a', 'b', 'c']) tell(id, 'late');
  tell('b', 'late again');

  expect(late.takeChanged(1)).toMatchObject([
    { executionId: 'a', detail: 'late' },
    { executionId: 'b', detail: 'late again' },
  ]);
});
