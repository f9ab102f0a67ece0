// The palettes of the program's reports, so that a domain has the same colour on every picture of it. Chosen for normal, protanope and
// deuteranope sight.
const categorical = [
  0x0072b2, 0xe69f00, 0x009e73, 0xcc79a7, 0x56b4e9, 0xd55e00, 0xf0e442, 0x883322, 0x99ddbb, 0x6688ff, 0x005577, 0x007777, 0x33ddff,
  0x0044aa, 0x33cc77, 0xbb4433, 0x77ff99, 0x882255, 0x44cccc, 0x2277dd, 0x99eeee, 0xddcc44, 0x5599dd, 0xee6655,
];
const viridis = [
  0x440154, 0x48186a, 0x472d7b, 0x424086, 0x3b528b, 0x33638d, 0x2c728e, 0x26828e, 0x21918c, 0x1fa088, 0x28ae80, 0x3fbc73, 0x5ec962,
  0x84d44b, 0xaddc30, 0xd8e219, 0xfde725,
];
const onLight = [0x0072b2, 0xd55e00, 0x0a7f6a, 0xe91878, 0x6c560c, 0x4a2214, 0x7b8cd7, 0x8a0076];
const onDark = [0x56b4e9, 0xe67e2e, 0x48e29d, 0xe06892, 0xffb10b, 0xbe5600, 0xb0d9ff, 0xc22f98];

export const missing = 0xa5a9af;

const mix = (a: number, b: number, share: number): number => {
  let colour = 0;
  for (const shift of [16, 8, 0]) {
    const from = (a >> shift) & 255;
    const to = (b >> shift) & 255;
    colour |= Math.round(from + (to - from) * share) << shift;
  }
  return colour;
};

export function category(index: number): number {
  if (index < 0) return missing;
  const colour = categorical[index % categorical.length];
  const round = Math.floor(index / categorical.length);
  if (round === 0) return colour;
  const share = 1 - 1 / (1 + 0.45 * Math.floor((round + 1) / 2));
  return mix(colour, round % 2 === 1 ? 0 : 0xffffff, share);
}

export function sequential(share: number): number {
  if (!Number.isFinite(share)) return missing;
  const place = Math.min(1, Math.max(0, share)) * (viridis.length - 1);
  const below = Math.min(Math.floor(place), viridis.length - 2);
  return mix(viridis[below], viridis[below + 1], place - below);
}

export const series = (index: number, dark: boolean): number => (dark ? onDark : onLight)[index % onLight.length];

export const css = (colour: number): string => '#' + colour.toString(16).padStart(6, '0');

/** Black or white, whichever is read better on a colour. */
export function ink(colour: number): string {
  const part = (shift: number) => {
    const c = ((colour >> shift) & 255) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  const light = 0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0);
  return (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) ? '#000' : '#fff';
}

/** Colours of found labels beside the true ones: pairs that share most spots share their colour, as in reports. */
export function matched(labels: Int32Array, count: number, truth: Int32Array | null, trueCount: number): number[] {
  if (!truth) return Array.from({ length: count }, (_, i) => i);
  const overlaps = new Map<number, number>();
  for (let spot = 0; spot < labels.length; spot++) {
    if (labels[spot] < 0 || truth[spot] < 0) continue;
    const pair = labels[spot] * trueCount + truth[spot];
    overlaps.set(pair, (overlaps.get(pair) ?? 0) + 1);
  }
  const colours = new Array<number>(count).fill(-1);
  const taken = new Set<number>();
  for (const [pair] of [...overlaps].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    const mine = Math.floor(pair / trueCount);
    const theirs = pair % trueCount;
    if (colours[mine] >= 0 || taken.has(theirs)) continue;
    colours[mine] = theirs;
    taken.add(theirs);
  }
  let free = trueCount;
  return colours.map((c) => (c >= 0 ? c : free++));
}
