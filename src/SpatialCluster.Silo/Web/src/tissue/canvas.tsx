import { type Quadtree, quadtree } from 'd3-quadtree';
import { select } from 'd3-selection';
import { zoom, type ZoomBehavior, zoomIdentity } from 'd3-zoom';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { drawSpots, fit, type Frame, frameOf, type View } from './raster';

interface Props {
  places: Float32Array;
  colours: Uint32Array;
  label: string;
  /** What is shown, for who waits for it. */
  layer: string;
  spotText: (spot: number) => string[];
}

const mostRatio = 2;

/** Spots as discs: moved and zoomed by pointer, touch and keys; the spot under the pointer is told. */
export function SpotCanvas({ places, colours, label, layer, spotText }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const ring = useRef<HTMLDivElement>(null);
  const now = useRef({ places, colours, spotText, layer });
  now.current = { places, colours, spotText, layer };
  const state = useRef({
    transform: zoomIdentity,
    ratio: 1,
    frame: null as Frame | null,
    framed: null as Float32Array | null,
    tree: null as Quadtree<number> | null,
    image: null as ImageData | null,
    behavior: null as ZoomBehavior<HTMLCanvasElement, unknown> | null,
    due: 0,
  });

  const viewOf = (): View => {
    const s = state.current;
    const whole = fit(s.frame!, canvas.current!.width, canvas.current!.height);
    const { k, x, y } = s.transform;
    return { scale: whole.scale * k, x: whole.x * k + x * s.ratio, y: whole.y * k + y * s.ratio };
  };

  const radiusOf = (view: View) => Math.max(0.75, 0.46 * state.current.frame!.spacing * view.scale);

  const draw = () => {
    const s = state.current;
    s.due = 0;
    const target = canvas.current;
    if (!target || target.width === 0) return;
    const { places: spots, colours: paint } = now.current;
    if (s.framed !== spots) {
      s.frame = frameOf(spots);
      s.framed = spots;
      s.tree = null;
    }
    const context = target.getContext('2d')!;
    if (!s.image || s.image.width !== target.width || s.image.height !== target.height) s.image = context.createImageData(target.width, target.height);
    else s.image.data.fill(0);
    const view = viewOf();
    const drawn = drawSpots(s.image, spots, paint, view, radiusOf(view));
    context.putImageData(s.image, 0, 0);
    target.dataset.drawn = String(drawn);
    target.dataset.layer = now.current.layer;
    if (performance.getEntriesByName('first-picture').length === 0) performance.mark('first-picture');
  };

  const later = () => {
    if (!state.current.due) state.current.due = requestAnimationFrame(draw);
  };

  const hideTip = () => {
    tip.current!.hidden = true;
    ring.current!.hidden = true;
  };

  const hover = (event: PointerEvent) => {
    const s = state.current;
    if (!s.frame || event.buttons !== 0) {
      hideTip();
      return;
    }
    const { places: spots, colours: paint, spotText: text } = now.current;
    s.tree ??= quadtree<number>()
      .x((i) => spots[2 * i])
      .y((i) => spots[2 * i + 1])
      .addAll(Array.from({ length: spots.length / 2 }, (_, i) => i).filter((i) => Number.isFinite(spots[2 * i])));
    const bounds = canvas.current!.getBoundingClientRect();
    const px = event.clientX - bounds.left;
    const py = event.clientY - bounds.top;
    const view = viewOf();
    const near = s.tree.find((px * s.ratio - view.x) / view.scale, (py * s.ratio - view.y) / view.scale, Math.max(1.2 * s.frame.spacing, (8 * s.ratio) / view.scale));
    if (near === undefined || paint[near] === 0) {
      hideTip();
      return;
    }
    const x = (spots[2 * near] * view.scale + view.x) / s.ratio;
    const y = (spots[2 * near + 1] * view.scale + view.y) / s.ratio;
    const size = Math.max(8, (2 * radiusOf(view)) / s.ratio + 5);
    const mark = ring.current!;
    mark.hidden = false;
    mark.style.width = mark.style.height = `${size}px`;
    mark.style.transform = `translate(${x - size / 2}px, ${y - size / 2}px)`;
    const box = tip.current!;
    box.hidden = false;
    box.replaceChildren(
      ...text(near).map((line, i) => {
        const row = document.createElement(i === 0 ? 'b' : 'span');
        row.textContent = line;
        return row;
      }),
    );
    const left = x + 14 + box.offsetWidth > bounds.width ? x - 14 - box.offsetWidth : x + 14;
    box.style.transform = `translate(${Math.max(2, left)}px, ${Math.max(2, Math.min(bounds.height - box.offsetHeight - 2, y + 10))}px)`;
  };

  useLayoutEffect(() => {
    const target = canvas.current!;
    const s = state.current;
    const size = () => {
      const { clientWidth, clientHeight } = box.current!;
      s.ratio = Math.min(mostRatio, window.devicePixelRatio || 1);
      target.width = Math.round(clientWidth * s.ratio);
      target.height = Math.round(clientHeight * s.ratio);
      draw();
    };
    s.behavior = zoom<HTMLCanvasElement, unknown>()
      .scaleExtent([0.5, 200])
      .on('zoom', (event: { transform: typeof zoomIdentity }) => {
        s.transform = event.transform;
        hideTip();
        later();
      });
    select(target).call(s.behavior);
    const watch = new ResizeObserver(size);
    watch.observe(box.current!);
    size();
    return () => {
      watch.disconnect();
      cancelAnimationFrame(s.due);
      select(target).on('.zoom', null);
    };
  }, []);

  useLayoutEffect(draw, [places, colours, layer]);

  const nearer = (factor: number) => select(canvas.current!).call(state.current.behavior!.scaleBy, factor);
  const all = () => select(canvas.current!).call(state.current.behavior!.transform, zoomIdentity);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (/^(INPUT|TEXTAREA|SELECT)$/.test((event.target as HTMLElement).tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '+' || event.key === '=') nearer(1.5);
      else if (event.key === '-') nearer(1 / 1.5);
      else if (event.key === '0') all();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);

  const move = (event: KeyboardEvent) => {
    const step = 60 / state.current.transform.k;
    const by: Record<string, [number, number]> = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (!(event.key in by)) return;
    event.preventDefault();
    select(canvas.current!).call(state.current.behavior!.translateBy, ...by[event.key]);
  };

  return (
    <div class="tissue" ref={box}>
      <canvas ref={canvas} tabIndex={0} role="img" aria-label={label} onPointerMove={hover} onPointerLeave={hideTip} onKeyDown={move} />
      <div class="ring" ref={ring} hidden aria-hidden="true" />
      <div class="tip" ref={tip} hidden aria-hidden="true" />
      <div class="zoom">
        <button onClick={() => nearer(1.5)} aria-label="Nearer" title="Nearer (+)">
          +
        </button>
        <button onClick={() => nearer(1 / 1.5)} aria-label="Farther" title="Farther (−)">
          −
        </button>
        <button onClick={all} aria-label="All of it" title="All of it (0)">
          ⤢
        </button>
      </div>
    </div>
  );
}
