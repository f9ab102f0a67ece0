import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { css, series as seriesColour } from '../colours';
import { figure } from '../format';
import { useDark } from '../theme';

export interface Series {
  name: string;
  values: (number | null)[];
  /** Points rather than a line alone. */
  points?: boolean;
  steps?: boolean;
}

interface Props {
  label: string;
  xLabel: string;
  yLabel: string;
  x: number[];
  series: Series[];
  log?: boolean;
  height?: number;
  yRange?: [number, number];
}

/** A colour of the style sheet as it is now, dark or light. */
function look(name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.documentElement.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

/** Lines over numbers, with axes, a legend that turns lines on and off, and the values under the pointer. */
export function Chart({ label, xLabel, yLabel, x, series, log = false, height = 280, yRange }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const dark = useDark();
  const [hidden, setHidden] = useState<Set<string>>(new Set());
  const [at, setAt] = useState<number | null>(null);
  const names = series.map((s) => s.name).join('\n');

  useEffect(() => {
    const quiet = look('--quiet');
    const line = look('--line');
    const font = '12px system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif';
    const axis = { stroke: quiet, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 }, font, labelFont: font, labelSize: 22 };
    const chart = new uPlot(
      {
        width: Math.max(200, box.current!.clientWidth),
        height,
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
        scales: {
          x: { time: false },
          y: log ? { distr: 3, log: 10 } : yRange ? { range: yRange } : { range: (_, low, high) => uPlot.rangeNum(low, high, 0.08, false) },
        },
        axes: [
          { ...axis, label: xLabel },
          { ...axis, label: yLabel, size: 56, values: (_, ticks) => ticks.map((t) => (t === null ? '' : String(Number(t.toPrecision(4))).replace('-', '−'))) },
        ],
        series: [
          {},
          ...series.map((s, i) => ({
            label: s.name,
            stroke: css(seriesColour(i, dark)),
            width: s.name === 'total' ? 2.4 : 1.7,
            points: { show: s.points ?? false, size: 6, fill: css(seriesColour(i, dark)) },
            paths: s.steps ? uPlot.paths.stepped!({ align: 1 }) : undefined,
            spanGaps: true,
            show: !hidden.has(s.name),
          })),
        ],
        hooks: { setCursor: [(u) => setAt(u.cursor.idx ?? null)] },
      },
      [x, ...series.map((s) => (log ? s.values.map((v) => (v !== null && v > 0 ? v : null)) : s.values))] as uPlot.AlignedData,
      box.current!,
    );
    plot.current = chart;
    const watch = new ResizeObserver(() => {
      const width = box.current?.clientWidth ?? 0;
      if (width > 0 && Math.abs(width - chart.width) > 1) chart.setSize({ width, height });
    });
    watch.observe(box.current!);
    return () => {
      watch.disconnect();
      chart.destroy();
      plot.current = null;
    };
    // What only changes the numbers does not draw it anew.
  }, [dark, names, log, height, xLabel, yLabel, yRange?.[0], yRange?.[1]]);

  useEffect(() => {
    plot.current?.setData([x, ...series.map((s) => (log ? s.values.map((v) => (v !== null && v > 0 ? v : null)) : s.values))] as uPlot.AlignedData);
  }, [x, series, log]);

  const turn = (name: string, index: number) => {
    const now = new Set(hidden);
    if (!now.delete(name)) now.add(name);
    setHidden(now);
    plot.current?.setSeries(index + 1, { show: !now.has(name) });
  };

  return (
    <figure class="chart">
      <div ref={box} role="img" aria-label={label} />
      <figcaption class="legend">
        {series.map((s, i) => {
          const value = at === null ? null : s.values[at];
          return (
            <button class="key" key={s.name} aria-pressed={!hidden.has(s.name)} onClick={() => turn(s.name, i)}>
              <span class="swatch line" style={{ background: css(seriesColour(i, dark)) }} />
              {s.name}
              {value !== null && value !== undefined && <b>{figure(value)}</b>}
            </button>
          );
        })}
        <span class="quiet at" aria-hidden="true">
          {at !== null && x[at] !== undefined ? `${xLabel} ${figure(x[at])}` : ''}
        </span>
      </figcaption>
    </figure>
  );
}
