import { useEffect, useMemo, useState } from 'preact/hooks';
import { score, seconds, whole } from '../format';
import { StateMark, stateWords } from '../parts/bits';
import { to } from '../router';
import type { Cell, Metric, Run, Runs, State } from '../types';
import { methodName, scenarioName } from './names';

const page = 100;

type Column = 'method' | 'scenario' | 'seed' | 'state' | 'score' | 'domains' | 'seconds';

const order: State[] = ['failed', 'running', 'waiting', 'done'];

export function RunTable({ id, runs, metric, cell, clear }: { id: string; runs: Runs; metric?: Metric; cell: Cell | null; clear: () => void }) {
  const [sort, setSort] = useState<{ column: Column; down: boolean } | null>(null);
  const [state, setState] = useState<State | ''>('');
  const [search, setSearch] = useState('');
  const [most, setMost] = useState(page);
  useEffect(() => setMost(page), [sort, state, search, cell]);

  const rows = useMemo(
    () =>
      runs.runs.map((run) => ({
        run,
        method: methodName(runs.methods[run.method], runs.methods),
        scenario: scenarioName(runs.scenarios[run.scenario]),
      })),
    [runs],
  );
  const shown = useMemo(() => {
    const text = search.trim().toLowerCase();
    const found = rows.filter(
      (r) =>
        (!cell || cell.runs.has(r.run.index)) &&
        (!state || r.run.state === state) &&
        (!text || `${r.method} ${r.scenario} seed ${r.run.seed} ${r.run.error ?? ''}`.toLowerCase().includes(text)),
    );
    if (!sort) return found;
    const value = (r: (typeof rows)[number]): string | number | undefined => {
      switch (sort.column) {
        case 'method':
          return r.method;
        case 'scenario':
          return r.scenario;
        case 'state':
          return order.indexOf(r.run.state);
        case 'score':
          return metric && r.run.scores?.[metric.id];
        default:
          return r.run[sort.column];
      }
    };
    return [...found].sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      // What is not known comes last, either way.
      if (x === undefined || y === undefined) return x === y ? a.run.index - b.run.index : x === undefined ? 1 : -1;
      const less = typeof x === 'string' ? x.localeCompare(y as string, 'en', { numeric: true }) : x - (y as number);
      return (sort.down ? -less : less) || a.run.index - b.run.index;
    });
  }, [rows, sort, state, search, cell, metric?.id]);

  const head = (column: Column, label: string, number = false) => (
    <th scope="col" class={number ? 'number' : ''} aria-sort={sort?.column === column ? (sort.down ? 'descending' : 'ascending') : 'none'}>
      <button
        class="sort"
        onClick={() => setSort((old) => (old?.column !== column ? { column, down: number && column !== 'seed' } : { column, down: !old.down }))}
      >
        {label}
        <span aria-hidden="true">{sort?.column === column ? (sort.down ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  );
  const detail = (run: Run) =>
    run.error ? <span class="error-text">{run.error}</span> : run.state === 'waiting' && run.trained ? 'trained, waits for its evaluation' : null;
  return (
    <>
      <div class="controls">
        <label>
          State
          <select value={state} onChange={(e) => setState(e.currentTarget.value as State | '')}>
            <option value="">all</option>
            {order.map((s) => (
              <option value={s} key={s}>
                {stateWords[s].toLowerCase()}
              </option>
            ))}
          </select>
        </label>
        <label>
          Search
          <input type="search" value={search} placeholder="method, dataset, error" onInput={(e) => setSearch(e.currentTarget.value)} />
        </label>
        {cell && (
          <button class="chip" onClick={clear} aria-label={`Show all runs again, not only ${cell.title}`}>
            {cell.title} <span aria-hidden="true">×</span>
          </button>
        )}
      </div>
      <p class="quiet small" role="status">
        {whole(shown.length)} of {whole(runs.runs.length)} runs
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Runs, scrolls sideways">
        <table class="runs">
          <thead>
            <tr>
              {head('method', 'Method')}
              {head('scenario', 'Dataset')}
              {head('seed', 'Seed', true)}
              {head('score', metric?.symbol ?? 'Score', true)}
              {head('state', 'State')}
              {head('domains', 'Domains', true)}
              {head('seconds', 'Training', true)}
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, most).map(({ run, method, scenario }) => (
              <tr key={run.index}>
                <th scope="row">
                  <a href={to('campaigns', id, 'runs', run.index)}>{method}</a>
                </th>
                <td>{scenario}</td>
                <td class="number">{run.seed}</td>
                <td class="number">{metric ? score(run.scores?.[metric.id]) : '–'}</td>
                <td class="state-cell">
                  <StateMark state={run.state} /> {detail(run)}
                </td>
                <td class="number">{run.domains ?? '–'}</td>
                <td class="number">{run.seconds === undefined ? '–' : seconds(run.seconds)}</td>
              </tr>
            ))}
            {shown.length === 0 && (
              <tr>
                <td colSpan={7} class="quiet">
                  No run is like that.
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      {shown.length > most && <button onClick={() => setMost(most + page)}>Show {whole(Math.min(page, shown.length - most))} more</button>}
    </>
  );
}
