/** From places to pixels: first scaled, then moved. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

export interface Disc {
  radius: number;
  /** Pixels wholly within: dx, dy. */
  inner: Int8Array;
  /** Pixels on the edge: dx, dy, and the share of them that is covered, of 255. */
  edge: Int16Array;
}

const discs = new Map<number, Disc>();

/** The pixels of a disc, in steps of a quarter of a pixel. */
export function discOf(radius: number): Disc {
  const key = Math.max(2, Math.min(160, Math.round(radius * 4)));
  const known = discs.get(key);
  if (known) return known;
  const r = key / 4;
  const reach = Math.ceil(r + 0.5);
  const inner: number[] = [];
  const edge: number[] = [];
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const share = Math.min(1, Math.max(0, r + 0.5 - Math.hypot(dx, dy)));
      if (share >= 0.95) inner.push(dx, dy);
      else if (share > 0.05) edge.push(dx, dy, Math.round(share * 255));
    }
  }
  const disc = { radius: r, inner: Int8Array.from(inner), edge: Int16Array.from(edge) };
  discs.set(key, disc);
  return disc;
}

/**
 * Draws discs into an image, one colour each (0xAABBGGRR, as pixels lie in memory; 0 for none). Written pixel by pixel: a hundred thousand
 * spots take some milliseconds on any machine, with a graphics card or without, and always give the same picture.
 */
export function drawSpots(image: ImageData, places: Float32Array, colours: Uint32Array, view: View, radius: number): number {
  const pixels = new Uint32Array(image.data.buffer);
  const { width, height } = image;
  const disc = discOf(radius);
  const { inner, edge } = disc;
  const reach = Math.ceil(disc.radius + 1);
  let drawn = 0;
  for (let spot = 0; spot < colours.length; spot++) {
    const colour = colours[spot];
    if (colour === 0) continue;
    const cx = Math.round(places[2 * spot] * view.scale + view.x);
    const cy = Math.round(places[2 * spot + 1] * view.scale + view.y);
    if (!(cx > -reach && cy > -reach && cx < width + reach && cy < height + reach)) continue;
    drawn++;
    if (cx >= reach && cy >= reach && cx < width - reach && cy < height - reach) {
      const middle = cy * width + cx;
      for (let p = 0; p < inner.length; p += 2) pixels[middle + inner[p + 1] * width + inner[p]] = colour;
      for (let p = 0; p < edge.length; p += 3) blend(pixels, middle + edge[p + 1] * width + edge[p], colour, edge[p + 2]);
      continue;
    }
    for (let p = 0; p < inner.length; p += 2) {
      const x = cx + inner[p];
      const y = cy + inner[p + 1];
      if (x >= 0 && y >= 0 && x < width && y < height) pixels[y * width + x] = colour;
    }
    for (let p = 0; p < edge.length; p += 3) {
      const x = cx + edge[p];
      const y = cy + edge[p + 1];
      if (x >= 0 && y >= 0 && x < width && y < height) blend(pixels, y * width + x, colour, edge[p + 2]);
    }
  }
  return drawn;
}

// Over transparent ground the colour stays and the coverage grows; over another spot the two are mixed.
function blend(pixels: Uint32Array, at: number, colour: number, share: number): void {
  const there = pixels[at];
  const ground = there >>> 24;
  if (ground === 0) {
    pixels[at] = ((colour & 0x00ffffff) | (share << 24)) >>> 0;
    return;
  }
  const a = share / 255;
  const keep = (ground / 255) * (1 - a);
  const sum = a + keep;
  const r = ((colour & 255) * a + (there & 255) * keep) / sum;
  const g = (((colour >> 8) & 255) * a + ((there >> 8) & 255) * keep) / sum;
  const b = (((colour >> 16) & 255) * a + ((there >> 16) & 255) * keep) / sum;
  pixels[at] = ((Math.round(sum * 255) << 24) | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r)) >>> 0;
}

/** 0xRRGGBB as it lies in memory, opaque. */
export const pixel = (colour: number): number => ((255 << 24) | ((colour & 255) << 16) | (colour & 0xff00) | ((colour >> 16) & 255)) >>> 0;

export interface Frame {
  minX: number;
  minY: number;
  width: number;
  height: number;
  /** About the distance of neighbours. */
  spacing: number;
}

export function frameOf(places: Float32Array): Frame {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let p = 0; p < places.length; p += 2) {
    const x = places[p];
    const y = places[p + 1];
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  const width = Math.max(maxX - minX, 1e-9);
  const height = Math.max(maxY - minY, 1e-9);
  return { minX, minY, width, height, spacing: Math.sqrt((width * height) / Math.max(1, places.length / 2)) };
}

/** All of it, in the middle. */
export function fit(frame: Frame, width: number, height: number): View {
  const margin = 1.5 * frame.spacing;
  const scale = Math.min(width / (frame.width + 2 * margin), height / (frame.height + 2 * margin));
  return {
    scale,
    x: width / 2 - (frame.minX + frame.width / 2) * scale,
    y: height / 2 - (frame.minY + frame.height / 2) * scale,
  };
}
