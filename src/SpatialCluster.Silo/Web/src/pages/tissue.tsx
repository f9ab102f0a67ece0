import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { getFloats, getInts, getJson, useJson } from '../api';
import { category, css, matched, missing, sequential } from '../colours';
import { figure, fixed, score, whole } from '../format';
import { Crumbs, Loading, StateMark, Trouble, useTitle } from '../parts/bits';
import { to } from '../router';
import { SpotCanvas } from '../tissue/canvas';
import { pixel } from '../tissue/raster';
import type { RunDetail, Slice } from '../types';
import { Scale } from './matrix';
import { scenarioName } from './names';
import { RunNav, useNeighbours } from './run';

type LayerKind = 'domains' | 'truth' | 'attention' | 'feature';

interface Loaded<T> {
  key: string;
  value?: T;
  error?: Error;
}

/** What a key stands for, kept while the key stays. */
function useLoaded<T>(key: string | null, load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<Loaded<T>>({ key: '' });
  useEffect(() => {
    if (key === null) return;
    let gone = false;
    load().then(
      (value) => !gone && setState({ key, value }),
      (error: Error) => !gone && setState({ key, error }),
    );
    return () => {
      gone = true;
    };
  }, [key]);
  return key !== null && state.key === key ? state : { key: key ?? '' };
}

interface Layer {
  name: string;
  colours: Uint32Array;
  text: (spot: number) => string;
  categories?: { label: string; colour: number; spots: number }[];
  range?: { low: number; high: number; label: string };
}

function labelLayer(name: string, labels: Int32Array, names: (label: number) => string, colourOf: (label: number) => number, count: number, hidden: Set<number>): Layer {
  const paint = new Uint32Array(labels.length);
  const sizes = new Array<number>(count).fill(0);
  let unknown = 0;
  const table = Array.from({ length: count }, (_, l) => (hidden.has(l) ? 0 : pixel(colourOf(l))));
  for (let spot = 0; spot < labels.length; spot++) {
    const label = labels[spot];
    if (label < 0) {
      unknown++;
      paint[spot] = hidden.has(-1) ? 0 : pixel(missing);
      continue;
    }
    sizes[label]++;
    paint[spot] = table[label];
  }
  const categories = sizes.map((spots, l) => ({ label: names(l), colour: colourOf(l), spots }));
  if (unknown > 0) categories.push({ label: 'unknown', colour: missing, spots: unknown });
  return { name, colours: paint, text: (spot) => (labels[spot] < 0 ? 'unknown' : names(labels[spot])), categories };
}

function numberLayer(name: string, values: Float32Array, label: string, within?: [number, number]): Layer {
  // A few extreme spots must not take all the colours: those past the 99th percentile share the last.
  const sorted = Float32Array.from(values.filter(Number.isFinite)).sort();
  const low = within?.[0] ?? sorted[0] ?? 0;
  let high = within?.[1] ?? sorted[Math.floor(0.99 * (sorted.length - 1))] ?? 1;
  if (!(high > low)) high = sorted[sorted.length - 1] > low ? sorted[sorted.length - 1] : low + 1;
  const table = Uint32Array.from({ length: 256 }, (_, i) => pixel(sequential(i / 255)));
  const none = pixel(missing);
  const paint = new Uint32Array(values.length);
  for (let spot = 0; spot < values.length; spot++) {
    const share = (values[spot] - low) / (high - low);
    paint[spot] = Number.isFinite(share) ? table[Math.max(0, Math.min(255, Math.round(share * 255)))] : none;
  }
  return { name, colours: paint, text: (spot) => `${label} ${figure(values[spot])}`, range: { low, high, label } };
}

function FeatureSearch({ slice, modality, feature, choose }: { slice: string; modality: string; feature: string; choose: (name: string) => void }) {
  const [text, setText] = useState(feature);
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(text), 200);
    return () => window.clearTimeout(timer);
  }, [text]);
  useEffect(() => setText(feature), [modality]);
  const path = `slices/${slice}/features?modality=${encodeURIComponent(modality)}&search=${encodeURIComponent(asked)}`;
  const { data, error } = useJson<{ count: number; of: number; names: string[] }>(path);
  useEffect(() => {
    if (!feature && data && data.names.length > 0) choose(data.names[0]);
  }, [data]);
  const pick = (value: string) => {
    setText(value);
    if (data?.names.includes(value)) choose(value);
  };
  return (
    <label>
      Feature
      <input
        type="search"
        list="features"
        value={text}
        placeholder={data ? `search ${whole(data.of)} features` : 'reading …'}
        onInput={(e) => pick(e.currentTarget.value)}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && data && data.names.length > 0) {
            setText(data.names[0]);
            choose(data.names[0]);
          }
        }}
      />
      <datalist id="features">{data?.names.map((n) => <option value={n} key={n} />)}</datalist>
      {error && <span class="error-text small">{error.message}</span>}
    </label>
  );
}

export function TissuePage({ id, index }: { id: string; index: number }) {
  const { data: run, error, reload } = useJson<RunDetail>(`campaigns/${id}/runs/${index}`);
  const [kind, setKind] = useState<LayerKind>('domains');
  const [plane, setPlane] = useState<'tissue' | 'umap'>('tissue');
  const [modality, setModality] = useState('');
  const [feature, setFeature] = useState('');
  const [hidden, setHidden] = useState<Set<number>>(new Set());
  const last = useRef<{ places: Float32Array; layer: Layer } | null>(null);
  useNeighbours(id, index, run?.runs, 'tissue');
  useTitle(run ? `${run.method.title} on the tissue of ${run.scenario.dataset}` : 'Tissue');

  const slice = useLoaded(run?.sliceDone ? run.slice : null, () => getJson<Slice>(`slices/${run!.slice}`));
  const tissue = useLoaded(run?.sliceDone ? run.slice : null, () => getFloats(`slices/${run!.slice}/coordinates`));
  const hasTruth = !!slice.value?.truth;
  const evaluated = run?.run.state === 'done';
  const domains = useLoaded(evaluated ? run!.evaluation : null, () => getInts(`evaluations/${run!.evaluation}/domains`));
  const truth = useLoaded(hasTruth ? run!.slice : null, () => getInts(`slices/${run!.slice}/truth`));
  const offered: [LayerKind, string][] = [];
  if (evaluated) offered.push(['domains', 'Domains']);
  if (hasTruth) offered.push(['truth', 'Truth']);
  if (run?.attention) offered.push(['attention', 'Attention']);
  if (slice.value) offered.push(['feature', 'Feature']);
  const shown: LayerKind = offered.some(([k]) => k === kind) ? kind : (offered[0]?.[0] ?? 'domains');
  const weights = useLoaded(shown === 'attention' ? run!.trainingRun : null, () => getFloats(`runs/${run!.trainingRun}/weights`));
  const umapKey = plane === 'umap' && run?.umap ? run.evaluation : null;
  const umap = useLoaded(umapKey, () => getFloats(`evaluations/${run!.evaluation}/umap`));
  const modalities = shown === 'attention' ? (run?.modalities ?? []) : (slice.value?.modalities.map((m) => m.name) ?? []);
  const chosen = modalities.includes(modality) ? modality : (modalities[0] ?? '');
  const featureKey = shown === 'feature' && chosen && feature ? `${run!.slice}\n${chosen}\n${feature}` : null;
  const values = useLoaded(featureKey, () =>
    getFloats(`slices/${run!.slice}/values?modality=${encodeURIComponent(chosen)}&feature=${encodeURIComponent(feature)}`),
  );

  const places = umapKey ? umap.value : tissue.value;
  const layer = useMemo((): Layer | undefined => {
    const names = slice.value?.truth?.categories ?? [];
    switch (shown) {
      case 'domains': {
        // The colours of domains follow those of the truth, so that both pictures can be compared.
        if (!domains.value || !slice.value || (hasTruth && !truth.value)) return undefined;
        const count = run!.domains!.found;
        const colours = matched(domains.value, count, truth.value ?? null, names.length);
        return labelLayer('domains', domains.value, (l) => `domain ${l + 1}`, (l) => category(colours[l]), count, hidden);
      }
      case 'truth':
        return truth.value && labelLayer('truth', truth.value, (l) => names[l] ?? `label ${l}`, category, names.length, hidden);
      case 'attention': {
        if (!weights.value || run!.modalities.length === 0) return undefined;
        const width = run!.modalities.length;
        const m = Math.max(0, run!.modalities.indexOf(chosen));
        return numberLayer(`attention ${chosen}`, Float32Array.from({ length: weights.value.length / width }, (_, s) => weights.value![s * width + m]), `weight of ${chosen}`, [0, 1]);
      }
      case 'feature':
        return values.value && numberLayer(`feature ${feature}`, values.value, feature);
    }
  }, [shown, slice.value, domains.value, truth.value, weights.value, values.value, chosen, hidden, run?.domains?.found]);

  if (!run) return error ? <Trouble error={error} again={reload} /> : <Loading what="the run" />;
  const trouble = [slice, tissue, domains, truth, weights, umap, values].find((l) => l.error)?.error;
  if (places && layer && places.length === 2 * layer.colours.length) last.current = { places, layer };
  const picture = last.current;
  const spots = (places?.length ?? 0) / 2;
  const text = (spot: number): string[] => {
    const lines = [picture!.layer.text(spot)];
    if (shown !== 'domains' && domains.value) lines.push(`domain ${domains.value[spot] + 1}`);
    if (shown !== 'truth' && truth.value) lines.push(`truth: ${truth.value[spot] < 0 ? 'unknown' : (slice.value!.truth!.categories[truth.value[spot]] ?? truth.value[spot])}`);
    if (tissue.value) lines.push(`at ${figure(tissue.value[2 * spot])}, ${figure(tissue.value[2 * spot + 1])}`);
    return lines;
  };
  const turn = (label: number) => {
    const now = new Set(hidden);
    if (!now.delete(label)) now.add(label);
    setHidden(now);
  };
  const only = (label: number, count: number) => setHidden(new Set(Array.from({ length: count + 1 }, (_, i) => i - 1).filter((l) => l !== label)));
  return (
    <>
      <Crumbs>
        <a href={to()}>Campaigns</a> <a href={to('campaigns', id)}>{run.campaign.name}</a>{' '}
        <a href={to('campaigns', id, 'runs', index)}>
          {run.method.title}, seed {run.run.seed}
        </a>{' '}
        <RunNav id={id} index={index} count={run.runs} rest="tissue" />
      </Crumbs>
      <div class="head">
        <h1>
          {scenarioName(run.scenario)} by {run.method.title}
        </h1>
        <StateMark state={run.run.state} />
      </div>
      <p class="lead">
        {spots > 0 && `${whole(spots)} spots`}
        {run.domains && `, ${run.domains.found} domains`}
        {run.run.scores?.ari !== undefined && `, adjusted Rand index ${score(run.run.scores.ari)}`}
      </p>
      {!run.sliceDone && (
        <div class="panel empty">
          <h2>There is no slice yet</h2>
          <p>It is drawn here as soon as its grain is done.</p>
        </div>
      )}
      {trouble && <Trouble error={trouble} />}
      {offered.length > 0 && (
        <section class="panel picture" aria-label="Tissue">
          <div class="controls">
            <fieldset class="choice">
              <legend>Show</legend>
              {offered.map(([k, label]) => (
                <label key={k}>
                  <input
                    type="radio"
                    name="layer"
                    checked={shown === k}
                    onChange={() => {
                      setKind(k);
                      setHidden(new Set());
                      setFeature('');
                    }}
                  />
                  <span>{label}</span>
                </label>
              ))}
            </fieldset>
            {run.umap && (
              <fieldset class="choice">
                <legend>Laid out</legend>
                {(
                  [
                    ['tissue', 'On the tissue'],
                    ['umap', 'By UMAP'],
                  ] as const
                ).map(([p, label]) => (
                  <label key={p}>
                    <input type="radio" name="plane" checked={plane === p} onChange={() => setPlane(p)} />
                    <span>{label}</span>
                  </label>
                ))}
              </fieldset>
            )}
            {(shown === 'attention' || shown === 'feature') && modalities.length > 1 && (
              <label>
                Modality
                <select
                  value={chosen}
                  onChange={(e) => {
                    setModality(e.currentTarget.value);
                    setFeature('');
                  }}
                >
                  {modalities.map((m) => (
                    <option value={m} key={m}>
                      {m}
                    </option>
                  ))}
                </select>
              </label>
            )}
            {shown === 'feature' && chosen && <FeatureSearch slice={run.slice} modality={chosen} feature={feature} choose={setFeature} />}
          </div>
          {picture ? (
            <div class="stage">
              <SpotCanvas
                places={picture.places}
                colours={picture.layer.colours}
                layer={picture.layer.name}
                spotText={text}
                label={`${whole(picture.layer.colours.length)} spots coloured by ${picture.layer.name}. Arrow keys move, plus and minus zoom, 0 shows all.`}
              />
              {picture.layer.categories && (
                <div class="side">
                  <h2>{picture.layer.name === 'truth' ? (slice.value?.truth?.name ?? 'Truth') : 'Domains'}</h2>
                  <ul class="legend tall">
                    {picture.layer.categories.map((c, i) => {
                      const label = c.label === 'unknown' ? -1 : i;
                      return (
                        <li key={c.label}>
                          <button
                            class="key"
                            aria-pressed={!hidden.has(label)}
                            onClick={() => turn(label)}
                            onDblClick={() => only(label, picture.layer.categories!.length)}
                            title="Hides it or shows it; twice: it alone"
                          >
                            <span class="swatch" style={{ background: css(c.colour) }} />
                            {c.label}
                            <span class="quiet">
                              {whole(c.spots)} · {fixed((100 * c.spots) / Math.max(1, picture.layer.colours.length), 1)} %
                            </span>
                          </button>
                        </li>
                      );
                    })}
                  </ul>
                  {hidden.size > 0 && <button onClick={() => setHidden(new Set())}>Show all</button>}
                </div>
              )}
              {picture.layer.range && (
                <div class="side">
                  <h2>{picture.layer.range.label}</h2>
                  <Scale low={picture.layer.range.low} high={picture.layer.range.high} label={shown === 'feature' ? 'counts, to the 99th percentile' : 'attention'} />
                </div>
              )}
            </div>
          ) : (
            !trouble && <Loading what="the slice" />
          )}
        </section>
      )}
    </>
  );
}
