/** One asset under Heston by Andersen's QE-M scheme (2008, sections 3.2 and 4.2), with central weights γ₁ = γ₂ = ½. */
import { normalCdf } from '../math/normal';
import type { HestonParameters } from '../models/heston';
import { type BlockShape, normalBlock } from './normal-block';
import { type HestonPaths, type SpotColumns, timeSteps } from './path-model';

// Bound once: looking `Math` up for every draw costs more than the draw under some loaders.
const { exp, log, sqrt, max } = Math;

const SWITCH = 1.5;

/** Numbers of one step that do not depend on the path. */
interface StepConstants {
  readonly decay: number;
  readonly k0: number;
  readonly k1: number;
  readonly k2: number;
  readonly k3: number;
  readonly k4: number;
  readonly a: number;
  readonly c1: number;
  readonly c2: number;
}

function constantsOf({ kappa, theta, sigma, rho }: HestonParameters, dt: number): StepConstants {
  const decay = exp(-kappa * dt);
  const half = 0.5 * dt;
  const lever = (kappa * rho) / sigma - 0.5;
  const k2 = half * lever + rho / sigma;
  const k4 = half * (1 - rho * rho);
  return {
    decay,
    k0: (-rho * kappa * theta * dt) / sigma,
    k1: half * lever - rho / sigma,
    k2,
    k3: half * (1 - rho * rho),
    k4,
    a: k2 + 0.5 * k4,
    c1: (sigma * sigma * decay * (1 - decay)) / kappa,
    c2: (theta * sigma * sigma * (1 - decay) ** 2) / (2 * kappa),
  };
}

/** ln E[exp(A v')] with v' of mean m and variance ratio psi, and the sampled v'; the martingale correction needs both. */
function sample(
  m: number,
  psi: number,
  at: { readonly z: number; readonly a: number },
  out: { v: number; logMoment: number },
): void {
  if (psi <= SWITCH) {
    const inverse = 2 / psi;
    const b2 = inverse - 1 + sqrt(inverse) * sqrt(inverse - 1);
    const a = m / (1 + b2);
    const root = sqrt(b2) + at.z;
    out.v = a * root * root;
    const free = 1 - 2 * at.a * a;
    out.logMoment = free > 0 ? (at.a * b2 * a) / free - 0.5 * log(free) : Number.NaN;
    return;
  }
  const p = (psi - 1) / (psi + 1);
  const beta = (1 - p) / m;
  const u = normalCdf(at.z);
  out.v = u <= p ? 0 : log((1 - p) / (1 - u)) / beta;
  out.logMoment = at.a < beta ? log(p + (beta * (1 - p)) / (beta - at.a)) : Number.NaN;
}

export function hestonPaths(model: HestonPaths, times: readonly number[], shape: BlockShape): SpotColumns {
  const [asset] = model.assets;
  // Below this the variance moves by less than rounding; the scheme divides by it.
  const p = { ...model.parameters, sigma: max(model.parameters.sigma, 1e-4) };
  const steps = timeSteps(times, model.stepsPerYear);
  const total = steps.reduce((sum, list) => sum + list.length, 0);
  const normals = normalBlock(shape, 2 * total);
  const paths = 2 * shape.pairs;
  const x = new Float64Array(paths);
  const v = new Float64Array(paths).fill(p.v0);
  const drawn = { v: 0, logMoment: 0 };
  let index = 0;
  const columns = steps.map((lengths) => {
    for (const dt of lengths) {
      const c = constantsOf(p, dt);
      const drift = (model.rate - asset.dividend) * dt;
      const [zv, zs] = [normals[2 * index]!, normals[2 * index + 1]!];
      index++;
      for (let i = 0; i < paths; i++) {
        const old = v[i]!;
        const m = p.theta + (old - p.theta) * c.decay;
        const s2 = old * c.c1 + c.c2;
        sample(m, s2 / (m * m), { z: zv[i]!, a: c.a }, drawn);
        // Where the moment does not exist the plain drift is used; the bias is then Andersen's, not ours.
        const k0 = Number.isNaN(drawn.logMoment) ? c.k0 : -drawn.logMoment - (c.k1 + 0.5 * c.k3) * old;
        const spread = sqrt(max(c.k3 * old + c.k4 * drawn.v, 0));
        x[i]! += drift + k0 + c.k1 * old + c.k2 * drawn.v + spread * zs[i]!;
        v[i] = drawn.v;
      }
    }
    return x.map((value) => asset.spot * exp(value));
  });
  return [columns];
}
