import { useMemo, useState } from 'preact/hooks';
import { css, ink, sequential } from '../colours';
import { figure, fixed, score } from '../format';
import type { Cell, Metric, Run, Runs } from '../types';
import { mean, methodName, scenarioName, scoresOf } from './names';

type Columns = 'scenario' | 'dataset' | 'perturbation' | 'seed';

const columnWords: Record<Columns, string> = {
  scenario: 'Dataset and perturbation',
  dataset: 'Dataset',
  perturbation: 'Perturbation',
  seed: 'Seed',
};

function columnOf(run: Run, runs: Runs, columns: Columns): string {
  const scenario = runs.scenarios[run.scenario];
  switch (columns) {
    case 'scenario':
      return scenarioName(scenario);
    case 'dataset':
      return scenario.dataset;
    case 'perturbation':
      return scenario.label;
    case 'seed':
      return `seed ${run.seed}`;
  }
}

function counts(cell: Run[]): string {
  const of = (state: string) => cell.filter((r) => r.state === state).length;
  const parts = [];
  if (of('done') < cell.length) parts.push(`${of('done')} of ${cell.length}`);
  if (of('running')) parts.push(`${of('running')} running`);
  if (of('failed')) parts.push(`${of('failed')} failed`);
  return parts.join(', ');
}

export function Matrix({ runs, metric, setMetric, choose }: { runs: Runs; metric?: Metric; setMetric: (id: string) => void; choose: (cell: Cell) => void }) {
  const offered = useMemo(() => {
    const several = (values: unknown[]) => new Set(values).size > 1;
    const all: Columns[] = ['scenario'];
    if (several(runs.scenarios.map((s) => s.dataset)) && several(runs.scenarios.map((s) => s.label))) all.push('dataset', 'perturbation');
    if (several(runs.runs.map((r) => r.seed))) all.push('seed');
    return all;
  }, [runs]);
  const [wanted, setColumns] = useState<Columns>('scenario');
  const [fit, setFit] = useState(false);
  const columns = offered.includes(wanted) ? wanted : 'scenario';

  const { heads, rows, low, high } = useMemo(() => {
    const names: string[] = [];
    const byMethod = runs.methods.map(() => new Map<string, Run[]>());
    for (const run of runs.runs) {
      const column = columnOf(run, runs, columns);
      if (!names.includes(column)) names.push(column);
      const cells = byMethod[run.method];
      const cell = cells.get(column);
      if (cell) cell.push(run);
      else cells.set(column, [run]);
    }
    let smallest = Infinity;
    let largest = -Infinity;
    const table = byMethod.map((cells, m) => ({
      name: methodName(runs.methods[m], runs.methods),
      control: runs.methods[m].control,
      cells: names.map((column) => {
        const cell = cells.get(column);
        if (!cell) return null;
        const summary = metric ? mean(scoresOf(cell, metric.id)) : null;
        if (summary) {
          smallest = Math.min(smallest, summary.mean);
          largest = Math.max(largest, summary.mean);
        }
        return { column, runs: cell, summary };
      }),
    }));
    return { heads: names, rows: table, low: smallest, high: largest };
  }, [runs, columns, metric?.id]);

  // Agreement by chance may lie just below 0.
  const withinOne = low > -0.1 && high <= 1;
  const [from, until] = fit || !withinOne ? [low, high] : [0, 1];
  const colour = (value: number) => {
    const share = until > from ? (value - from) / (until - from) : 1;
    return sequential(metric && !metric.largerIsBetter ? 1 - share : share);
  };
  return (
    <>
      <div class="controls">
        <label>
          Score
          <select value={metric?.id} onChange={(e) => setMetric(e.currentTarget.value)} disabled={!metric}>
            {runs.metrics.map((m) => (
              <option value={m.id} key={m.id}>
                {m.title}
              </option>
            ))}
            {!metric && <option>none yet</option>}
          </select>
        </label>
        <label>
          Columns
          <select value={columns} onChange={(e) => setColumns(e.currentTarget.value as Columns)}>
            {offered.map((c) => (
              <option value={c} key={c}>
                {columnWords[c]}
              </option>
            ))}
          </select>
        </label>
        {withinOne && (
          <label class="check">
            <input type="checkbox" checked={fit} onChange={(e) => setFit(e.currentTarget.checked)} /> Spread the colours over the scores
          </label>
        )}
      </div>
      <p class="about">
        {metric ? `${metric.about} ` : 'No run has a score yet. '}
        {metric && 'Each field is the mean of its runs ± their standard deviation; it opens them below.'}
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Run matrix, scrolls sideways">
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">Method</th>
              {heads.map((h) => (
                <th scope="col" key={h}>
                  {h}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">
                  {row.name}
                  {row.control && <span class="quiet small"> control</span>}
                </th>
                {row.cells.map((cell, i) => {
                  if (!cell) return <td key={heads[i]} class="none" aria-label="not in the plan" />;
                  const { summary } = cell;
                  const state = counts(cell.runs);
                  const background = summary ? colour(summary.mean) : undefined;
                  const title = `${row.name}, ${cell.column}`;
                  return (
                    <td key={heads[i]}>
                      <button
                        class={`cell ${summary ? '' : cell.runs.some((r) => r.state === 'failed') ? 'failed' : 'blank'}${cell.runs.some((r) => r.state === 'running') ? ' at-work' : ''}`}
                        style={background === undefined ? undefined : { background: css(background), color: ink(background) }}
                        onClick={() => choose({ title, runs: new Set(cell.runs.map((r) => r.index)) })}
                      >
                        <span class="heard">
                          {title}: {summary ? metric!.symbol : 'no score yet'}{' '}
                        </span>
                        <b>{summary ? score(summary.mean) : '–'}</b>
                        <span>{[summary?.deviation !== undefined && `± ${fixed(summary.deviation, 3)}`, state].filter(Boolean).join(' · ')}</span>
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {metric && Number.isFinite(low) && (
        <Scale
          low={metric.largerIsBetter ? from : until}
          high={metric.largerIsBetter ? until : from}
          label={`${metric.symbol}${metric.largerIsBetter ? '' : ' (less is better)'}`}
        />
      )}
    </>
  );
}

/** What the colours of numbers mean. */
export function Scale({ low, high, label }: { low: number; high: number; label: string }) {
  const stops = Array.from({ length: 17 }, (_, i) => css(sequential(i / 16))).join(', ');
  return (
    <div class="scale" role="img" aria-label={`Colours: ${label} from ${figure(low)}, dark violet, to ${figure(high)}, yellow`}>
      <span class="ramp" style={{ background: `linear-gradient(to right, ${stops})` }} />
      <span class="ends">
        <span>{figure(low)}</span>
        <span>{label}</span>
        <span>{figure(high)}</span>
      </span>
    </div>
  );
}
