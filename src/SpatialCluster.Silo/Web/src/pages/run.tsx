import { useEffect, useMemo, useState } from 'preact/hooks';
import { useJson } from '../api';
import { bytes, fixed, moment, score, seconds, short, whole } from '../format';
import { useLive } from '../live';
import { Crumbs, Fact, Loading, StateMark, Trouble, useTitle } from '../parts/bits';
import { Chart } from '../parts/chart';
import { go, to } from '../router';
import type { Attention, CampaignSummary, Losses, Progress, RunDetail } from '../types';
import { scenarioName } from './names';

const scoreNames: Record<string, string> = {
  ari: 'Adjusted Rand index',
  ami: 'Adjusted mutual information',
  nmi: 'Normalised mutual information',
  homogeneity: 'Homogeneity',
  completeness: 'Completeness',
  v_measure: 'V-measure',
  asw_label: 'Silhouette, true labels',
  asw_domain: 'Silhouette, found domains',
  moran: 'Moran’s I of the domains',
  knn_label_agreement: 'kNN-label agreement',
};

/** Goes to the run before or after by the keys [ and ]. */
export function useNeighbours(id: string, index: number, count: number | undefined, ...rest: string[]): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (/^(INPUT|TEXTAREA|SELECT)$/.test((event.target as HTMLElement).tagName)) return;
      if (event.key === '[' && index > 0) go('campaigns', id, 'runs', index - 1, ...rest);
      if (event.key === ']' && count !== undefined && index + 1 < count) go('campaigns', id, 'runs', index + 1, ...rest);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [id, index, count]);
}

export function RunNav({ id, index, count, rest }: { id: string; index: number; count: number; rest?: string }) {
  const path = (i: number) => (rest ? to('campaigns', id, 'runs', i, rest) : to('campaigns', id, 'runs', i));
  return (
    <span class="neighbours">
      {index > 0 ? <a href={path(index - 1)}>← Before</a> : <span class="quiet">← Before</span>}
      <span class="quiet">
        {whole(index + 1)} of {whole(count)}
      </span>
      {index + 1 < count ? <a href={path(index + 1)}>After →</a> : <span class="quiet">After →</span>}
    </span>
  );
}

function LossSection({ digest }: { digest: string }) {
  const { data, error, reload } = useJson<Losses>(`runs/${digest}/losses`);
  const [log, setLog] = useState(true);
  const x = useMemo(() => Array.from({ length: data?.epochs ?? 0 }, (_, i) => i + 1), [data]);
  const series = useMemo(() => data?.terms.map((t) => ({ name: t.name, values: t.values })) ?? [], [data]);
  const positive = data?.terms.some((t) => t.values.some((v) => v !== null && v > 0)) ?? false;
  return (
    <section class="panel" aria-labelledby="loss-title">
      <h2 id="loss-title">Loss</h2>
      {error && <Trouble error={error} again={reload} />}
      {data && (
        <>
          <div class="controls">
            <p class="about">The total, and each term without its weight, after every epoch.</p>
            {positive && (
              <label class="check">
                <input type="checkbox" checked={log} onChange={(e) => setLog(e.currentTarget.checked)} /> Logarithmic
              </label>
            )}
          </div>
          <Chart
            label={`Losses over ${data.epochs} epochs: ${data.terms.map((t) => `${t.name} ends at ${t.values.at(-1) ?? 'nothing'}`).join(', ')}`}
            xLabel="Epoch"
            yLabel="Loss"
            x={x}
            series={series}
            log={log && positive}
          />
        </>
      )}
    </section>
  );
}

function AttentionSection({ digest }: { digest: string }) {
  const { data, error, reload } = useJson<Attention>(`runs/${digest}/attention`);
  const x = useMemo(() => Array.from({ length: data?.bins ?? 0 }, (_, i) => (i + 0.5) / (data?.bins ?? 1)), [data]);
  const series = useMemo(
    () => data?.modalities.map((m) => ({ name: m.name, values: m.histogram.map((n) => (100 * n) / Math.max(1, data.spots)), steps: true })) ?? [],
    [data],
  );
  return (
    <section class="panel" aria-labelledby="attention-title">
      <h2 id="attention-title">Attention</h2>
      {error && <Trouble error={error} again={reload} />}
      {data && (
        <>
          <p class="about">How much each spot’s embedding is made of each modality: the share of spots by their weight.</p>
          <Chart
            label={`Attention of ${data.modalities.map((m) => `${m.name}: mean ${fixed(m.mean, 3)}`).join(', ')}; the table below has the numbers`}
            xLabel="Weight"
            yLabel="% of spots"
            x={x}
            series={series}
            height={220}
          />
          <div class="scroll" tabIndex={0} role="region" aria-label="Attention by modality">
            <table>
              <thead>
                <tr>
                  <th scope="col">Modality</th>
                  {['Mean', 'Smallest', 'Lower quartile', 'Median', 'Upper quartile', 'Largest'].map((h) => (
                    <th scope="col" class="number" key={h}>
                      {h}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.modalities.map((m) => (
                  <tr key={m.name}>
                    <th scope="row">{m.name}</th>
                    {[m.mean, ...m.quantiles].map((v, i) => (
                      <td class="number" key={i}>
                        {score(v)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}

/** What is heard of a training while it runs. */
function LiveTraining({ grain }: { grain: string }) {
  const [heard, setHeard] = useState<Progress[]>([]);
  useLive((name, event) => {
    if (name !== 'progress') return;
    const mine = (event as Progress[]).filter((p) => p.grain === grain);
    if (mine.length > 0) setHeard((old) => [...old, ...mine].slice(-2000));
  });
  const losses = heard.filter((p) => p.epoch !== undefined && p.loss !== undefined);
  const x = useMemo(() => losses.map((p) => p.epoch!), [losses.length]);
  const series = useMemo(() => [{ name: 'total', values: losses.map((p) => p.loss!) }], [losses.length]);
  const last = heard.at(-1);
  return (
    <section class="panel" aria-labelledby="live-title">
      <h2 id="live-title">It runs now</h2>
      <p class="about" role="status">
        {last
          ? `${last.silo ? `On ${last.silo}, ${last.device ?? ''}: ` : ''}${last.stage ?? 'training'}${last.epoch !== undefined && last.epochs ? `, epoch ${whole(last.epoch)} of ${whole(last.epochs)}` : ''}`
          : 'Nothing was heard of it since this page was opened.'}
      </p>
      {losses.length > 1 && <Chart label="Loss since this page was opened" xLabel="Epoch" yLabel="Loss" x={x} series={series} height={200} />}
    </section>
  );
}

const shownValue = (value: unknown): string => (value === null ? 'none' : Array.isArray(value) ? value.join(', ') : String(value));

export function RunPage({ id, index }: { id: string; index: number }) {
  const { data, error, reload } = useJson<RunDetail>(`campaigns/${id}/runs/${index}`);
  useNeighbours(id, index, data?.runs);
  useTitle(data ? `${data.method.title} on ${data.scenario.dataset}, seed ${data.run.seed}` : `Run ${index}`);
  useLive((name, event) => {
    if (name === 'again' || (name === 'campaign' && (event as CampaignSummary).id === id && data?.run.state !== 'done')) reload();
  });
  if (!data)
    return error ? (
      <>
        <Crumbs>
          <a href={to()}>Campaigns</a> <a href={to('campaigns', id)}>{id}</a>
        </Crumbs>
        <Trouble error={error} again={reload} />
      </>
    ) : (
      <Loading what="the run" />
    );
  const { run, method, scenario } = data;
  const training = data.grains.find((g) => g.grain.kind === 'training-run');
  const last = training?.attempts.at(-1);
  const notes = data.grains.flatMap((g) => g.notes ?? []);
  const failed = data.grains.filter((g) => g.grain.error);
  return (
    <>
      <Crumbs>
        <a href={to()}>Campaigns</a> <a href={to('campaigns', id)}>{data.campaign.name}</a> <RunNav id={id} index={index} count={data.runs} />
      </Crumbs>
      <div class="head">
        <h1>
          {method.title}
          {method.ablation && `, ${method.ablation}`} on {scenarioName(scenario)}, seed {run.seed}
        </h1>
        <StateMark state={run.state} />
        {data.sliceDone && (
          <a class="button primary" href={to('campaigns', id, 'runs', index, 'tissue')}>
            See it on the tissue
          </a>
        )}
      </div>
      <p class="lead">
        Preset {method.preset}
        {method.overrides && ` with ${method.overrides}`}, {data.modalities.join(' + ')}, domains by {method.clusterer}
      </p>
      {failed.map((g) => (
        <div class="panel trouble" key={g.grain.key}>
          <h2>{g.grain.title} failed</h2>
          <p class="error-text">{g.grain.error}</p>
          {g.grain.cause && <p class="quiet small">It waited for {short(g.grain.cause)}, which failed.</p>}
        </div>
      ))}
      {run.state === 'running' && <LiveTraining grain={run.grain} />}
      {run.scores && (
        <dl class="cards">
          {Object.entries(run.scores).map(([name, value]) => (
            <Fact name={scoreNames[name] ?? name} key={name}>
              {score(value)}
            </Fact>
          ))}
          {data.domains && (
            <Fact
              name="Domains"
              detail={data.domains.reached ? (data.domains.resolution !== undefined ? `Leiden at resolution ${fixed(data.domains.resolution, 3)}` : undefined) : `${data.domains.wanted} were wanted`}
            >
              {data.domains.found}
            </Fact>
          )}
          {last?.workSeconds !== undefined && (
            <Fact name="Training" detail={`${last.machine}, ${last.device}, ${last.threads === 1 ? 'one thread' : `${last.threads} threads`}`}>
              {seconds(last.workSeconds)}
            </Fact>
          )}
        </dl>
      )}
      {data.losses && <LossSection digest={data.trainingRun} />}
      {data.attention && <AttentionSection digest={data.trainingRun} />}
      {notes.length > 0 && (
        <section class="panel notes" aria-labelledby="notes-title">
          <h2 id="notes-title">Worth knowing</h2>
          <ul>
            {notes.map((n) => (
              <li key={n}>{n}</li>
            ))}
          </ul>
        </section>
      )}
      <section class="panel" aria-labelledby="attempts-title">
        <h2 id="attempts-title">Grains and attempts</h2>
        <p class="about">What the run is made of, in order; when and where each was worked on.</p>
        {data.grains.map(({ grain, attempts, outputs }) => (
          <div class="grain" key={grain.key}>
            <div class="head">
              <h3>{grain.title}</h3>
              <StateMark state={grain.state} />
            </div>
            {attempts.length > 0 && (
              <div class="scroll" tabIndex={0} role="region" aria-label={`Attempts at ${grain.title}`}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">Attempt</th>
                      <th scope="col">Where</th>
                      <th scope="col">Ended</th>
                      <th scope="col" class="number">
                        Work
                      </th>
                      <th scope="col" class="number">
                        Around it
                      </th>
                      <th scope="col" class="number">
                        Memory
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {attempts.map((a) => (
                      <tr key={a.attempt}>
                        <th scope="row">
                          {a.attempt}
                          {a.resumed && <span class="quiet"> from a checkpoint</span>}
                          {a.error && <span class="error-text"> failed</span>}
                          {a.survived && <span class="quiet"> outlived its claim</span>}
                        </th>
                        <td>{a.machine ? `${a.machine}, ${a.device}, ${a.threads} thr.` : '–'}</td>
                        <td>{a.ended ? moment(a.ended) : '–'}</td>
                        <td class="number">{a.workSeconds === undefined ? '–' : seconds(a.workSeconds)}</td>
                        <td class="number">{a.seconds === undefined ? '–' : seconds(Math.max(0, a.seconds - a.workSeconds!))}</td>
                        <td class="number">{a.peakBytes === undefined ? '–' : bytes(a.peakBytes)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
            {attempts
              .filter((a) => a.error)
              .map((a) => (
                <details key={a.attempt} open={grain.state === 'failed'}>
                  <summary>Error text of attempt {a.attempt}</summary>
                  <pre tabIndex={0}>{a.error}</pre>
                </details>
              ))}
            <details>
              <summary>Key and outputs</summary>
              <p class="quiet small">
                <code>{grain.key}</code>, made by <code>{grain.code}</code>
              </p>
              {outputs && (
                <ul class="outputs">
                  {outputs.map((o) => (
                    <li key={o.name}>
                      {o.name} <span class="quiet">{bytes(o.bytes)}</span> <code>{o.sha256.slice(0, 16)}…</code>
                    </li>
                  ))}
                </ul>
              )}
            </details>
          </div>
        ))}
      </section>
      <section class="panel" aria-labelledby="options-title">
        <h2 id="options-title">Options</h2>
        <div class="two">
          {(
            [
              ['Training', { ...data.options, seed: data.seed, backend: data.backend }],
              ['Domains', data.clustering],
            ] as [string, Record<string, unknown>][]
          ).map(([title, options]) => (
            <div key={title}>
              <h3>{title}</h3>
              <dl class="options">
                {Object.entries(options).map(([name, value]) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>{shownValue(value)}</dd>
                  </div>
                ))}
              </dl>
            </div>
          ))}
        </div>
      </section>
    </>
  );
}
