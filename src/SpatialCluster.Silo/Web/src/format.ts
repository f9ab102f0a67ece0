const figures = new Map<number, Intl.NumberFormat>();

/** A number with so many decimals, and a true minus sign. */
export function fixed(value: number, decimals: number): string {
  let format = figures.get(decimals);
  if (!format) {
    format = new Intl.NumberFormat('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    figures.set(decimals, format);
  }
  return format.format(value).replace('-', '−');
}

export const whole = (value: number): string => fixed(value, 0);

/** Three significant digits, whatever the size. */
export function figure(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(2).replace('-', '−');
  return fixed(value, Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(size)))));
}

export const score = (value: number | undefined): string => (value === undefined ? '–' : Math.abs(value) >= 100 ? whole(value) : fixed(value, 3));

export function seconds(value: number): string {
  if (value < 1) return `${whole(value * 1000)} ms`;
  if (value < 10) return `${fixed(value, 1)} s`;
  if (value < 60) return `${whole(value)} s`;
  if (value < 3600) return `${Math.floor(value / 60)} min ${whole(value % 60)} s`;
  if (value < 86400) return `${Math.floor(value / 3600)} h ${whole((value % 3600) / 60)} min`;
  return `${Math.floor(value / 86400)} d ${whole((value % 86400) / 3600)} h`;
}

/** As one would say it of what is to come. */
export function roughly(value: number): string {
  if (value < 50) return 'under a minute';
  if (value < 5400) return `about ${Math.max(1, Math.round(value / 60))} min`;
  if (value < 172800) return `about ${Math.round(value / 3600)} h`;
  return `about ${Math.round(value / 86400)} days`;
}

export function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${fixed(value, value >= 100 || unit === 0 ? 0 : 1)} ${units[unit]}`;
}

export function ago(time: string, now = Date.now()): string {
  const passed = Math.max(0, (now - Date.parse(time)) / 1000);
  if (passed < 5) return 'just now';
  if (passed < 60) return `${Math.round(passed)} s ago`;
  if (passed < 3600) return `${Math.round(passed / 60)} min ago`;
  if (passed < 86400) return `${Math.round(passed / 3600)} h ago`;
  return new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

export const moment = (time: string): string => new Date(time).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

export const plural = (count: number, one: string, many = one + 's'): string => `${whole(count)} ${count === 1 ? one : many}`;

export const short = (key: string): string => key.replace(/([0-9a-f]{10})[0-9a-f]{54}/, '$1…');
