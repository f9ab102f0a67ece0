import { useMemo, useState } from 'preact/hooks';
import { Chart } from '../parts/chart';
import type { Metric, Runs } from '../types';
import { mean, methodName, scoresOf } from './names';

/** Scores over the strength of a perturbation, where there is one with at least two levels. */
export function Levels({ runs, metric }: { runs: Runs; metric: Metric }) {
  const axes = useMemo(() => {
    const found = new Map<string, { dataset: string; kind: string; title: string; levels: number[] }>();
    for (const s of runs.scenarios) {
      if (s.level === undefined) continue;
      const key = `${s.dataset}\n${s.kind}`;
      const axis = found.get(key) ?? { dataset: s.dataset, kind: s.kind, title: s.title, levels: [] };
      if (!axis.levels.includes(s.level)) axis.levels.push(s.level);
      // What was not perturbed stands at the level that changes nothing.
      if (s.plainLevel !== undefined && !axis.levels.includes(s.plainLevel) && runs.scenarios.some((p) => p.dataset === s.dataset && p.kind === 'none'))
        axis.levels.push(s.plainLevel);
      found.set(key, axis);
    }
    return [...found.values()].filter((a) => a.levels.length > 1).map((a) => ({ ...a, levels: a.levels.sort((x, y) => x - y) }));
  }, [runs.scenarios]);
  const [wanted, setWanted] = useState(0);
  const axis = axes[Math.min(wanted, axes.length - 1)];
  const series = useMemo(() => {
    if (!axis) return [];
    return runs.methods
      .map((method, m) => ({
        name: methodName(method, runs.methods),
        points: true,
        values: axis.levels.map((level) => {
          const here = runs.runs.filter((r) => {
            const s = runs.scenarios[r.scenario];
            if (r.method !== m || s.dataset !== axis.dataset) return false;
            return s.kind === axis.kind
              ? s.level === level
              : s.kind === 'none' && runs.scenarios.some((o) => o.dataset === axis.dataset && o.kind === axis.kind && o.plainLevel === level);
          });
          return mean(scoresOf(here, metric.id))?.mean ?? null;
        }),
      }))
      .filter((s) => s.values.some((v) => v !== null));
  }, [runs, axis, metric.id]);
  if (!axis || series.length === 0) return null;
  const word = axis.title.charAt(0).toUpperCase() + axis.title.slice(1);
  return (
    <section class="panel" aria-labelledby="levels-title">
      <h2 id="levels-title">
        {metric.symbol} over {axis.title}
      </h2>
      {axes.length > 1 && (
        <div class="controls">
          <label>
            Dataset
            <select value={wanted} onChange={(e) => setWanted(Number(e.currentTarget.value))}>
              {axes.map((a, i) => (
                <option value={i} key={i}>
                  {a.dataset}, {a.title}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      <p class="about">Means over seeds on {axis.dataset}; the matrix above has the same numbers.</p>
      <Chart
        label={`${metric.title} of ${series.length} methods over ${axis.title} on ${axis.dataset}; the matrix above has the same numbers`}
        xLabel={word}
        yLabel={metric.symbol}
        x={axis.levels}
        series={series}
      />
    </section>
  );
}
