/** Numbers as people read them, the same on every machine: no locale has a say. */

/** "1,234,567.89"; what is not known is a dash. */
export function amount(value: number, decimals = 2): string {
  if (!Number.isFinite(value)) return '–';
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `-${text}` : text;
}

export const count = (value: number): string => amount(value, 0);

/** A price with as many decimals as it has, five at most. */
export function price(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const decimals = Math.max(2, (value.toFixed(5).replace(/0+$/, '').split('.')[1] ?? '').length);
  return amount(value, decimals);
}

export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let at = 0;
  let scaled = value;
  while (scaled >= 1000 && at < units.length - 1) {
    scaled /= 1000;
    at += 1;
  }
  return `${at === 0 ? scaled : scaled.toFixed(1)} ${units[at]}`;
}
