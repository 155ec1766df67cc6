/** The ISDA standard model with its market: discount curves and the survival curves of entities. */
import { failure, success } from '../contract';
import type { CdsModel } from '../measures/cds';
import { valuationDay } from '../measures/rates-market';
import { readCredit } from './credit-curves';
import { cdsConventionFields } from './credit-products';
import { marketFields, readRatesMarket } from './rates-market';
import type { RowSchema } from './schema';

const conventions = Object.keys(cdsConventionFields).join(', ');

export const isdaCds: RowSchema<CdsModel> = {
  name: 'isda-cds',
  about: 'ISDA CDS standard model: hazard rates and forwards flat between nodes',
  fields: {
    ...marketFields,
    credit:
      'list of entities: {entity, nodes: [{date, survival | hazard}]}, hazards flat since the node before, or ' +
      '{entity, currency, recovery, quotes: [{maturity, spread | conventionalSpread and coupon | upfront and coupon}]}; ' +
      `quotes may state ${conventions} as a cds does`,
    formula: 'accrual on default: isda (when absent), exact, markit-fix',
  },
  read: (reader, context) => {
    const formula = reader.oneOf('formula', ['isda', 'exact', 'markit-fix'], { otherwise: 'isda' });
    const market = readRatesMarket(reader, context);
    const trade = valuationDay(context);
    const curved = [...market.curves.values()].find((curve) => curve.interpolation !== 'log-linear-discount');
    if (curved && reader.faults.length === 0) {
      const message = `curve "${curved.name}" runs by ${curved.interpolation}: the standard model has flat forwards, take log-linear-discount`;
      reader.fault('curves', 'curve-must-have-flat-forwards', message);
    }
    if (reader.faults.length > 0) {
      reader.ignore('credit');
      return failure('row-must-be-readable', 'the market has faults');
    }
    const credit = reader.list('credit', (inner) => readCredit(inner, { market, trade, formula }));
    const curves = credit.flatMap((curve) => (curve ? [curve] : []));
    const names = curves.map(({ entity }) => entity);
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice !== undefined)
      reader.fault('credit', 'entity-must-be-given-once', `credit has "${twice}" twice: leave one out`);
    if (reader.faults.length > 0) return failure('row-must-be-readable', 'the row has faults');
    return success({
      kind: 'isda-cds',
      market,
      survival: new Map(curves.map(({ entity, survival }) => [entity, survival])),
      quotes: new Map(curves.flatMap(({ entity, quotes }) => (quotes ? [[entity, quotes] as const] : []))),
      formula,
    });
  },
};
