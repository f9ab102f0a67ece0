export type State = 'waiting' | 'running' | 'done' | 'failed';

export interface CampaignSummary {
  id: string;
  name: string;
  description: string;
  submitted: string;
  revision: number;
  grains: number;
  waiting: number;
  running: number;
  done: number;
  failed: number;
  cancelled: boolean;
  active: boolean;
  finished: boolean;
  lastDone?: string;
  grainsPerMinute?: number;
  secondsLeft?: number;
  trouble?: string;
}

export interface CampaignList {
  store: string;
  readOnly: boolean;
  campaigns: CampaignSummary[];
}

export interface CampaignDetail {
  campaign: CampaignSummary;
  canCancel: boolean;
  document: string;
  kinds: ({ kind: string } & Record<State, number>)[];
}

export interface Method {
  id: string;
  title: string;
  preset: string;
  version: string;
  ablation: string;
  overrides: string;
  clusterer: string;
  control: boolean;
}

export interface Scenario {
  dataset: string;
  type: string;
  kind: string;
  title: string;
  level?: number;
  label: string;
  plainLevel?: number;
}

export interface Metric {
  id: string;
  symbol: string;
  title: string;
  about: string;
  largerIsBetter: boolean;
}

export interface Run {
  index: number;
  method: number;
  scenario: number;
  seed: number;
  state: State;
  trained?: boolean;
  grain: string;
  evaluation: string;
  scores?: Record<string, number>;
  domains?: number;
  epochs?: number;
  seconds?: number;
  error?: string;
}

export interface RunsReply {
  campaign: CampaignSummary;
  token: string;
  whole: boolean;
  methods?: Method[];
  scenarios?: Scenario[];
  metrics: Metric[];
  runs: Run[];
}

/** The runs of a campaign, as far as they are known here. */
export interface Runs {
  token: string;
  methods: Method[];
  scenarios: Scenario[];
  metrics: Metric[];
  runs: Run[];
}

/** A field of the run matrix. */
export interface Cell {
  title: string;
  runs: Set<number>;
}

export interface Grain {
  key: string;
  kind: string;
  title: string;
  code: string;
  lane: string;
  state: State;
  done?: string;
  attempt?: number;
  error?: string;
  cause?: string;
  forecastSeconds: number;
  forecastBytes: number;
}

export interface Attempt {
  attempt: number;
  error?: string;
  survived?: boolean;
  seconds?: number;
  workSeconds?: number;
  peakBytes?: number;
  device?: string;
  threads?: number;
  machine?: string;
  ended?: string;
  resumed?: boolean;
}

export interface RunDetail {
  campaign: CampaignSummary;
  runs: number;
  run: Run;
  method: Method;
  scenario: Scenario;
  slice: string;
  sliceDone: boolean;
  trainingRun: string;
  evaluation: string;
  options: Record<string, unknown>;
  seed: number;
  backend: string;
  modalities: string[];
  clustering: Record<string, unknown>;
  losses: boolean;
  attention: boolean;
  umap: boolean;
  finalLoss?: number;
  width?: number;
  domains?: { found: number; wanted?: number; reached: boolean; resolution?: number; sizes: number[]; moran: (number | null)[] };
  grains: { grain: Grain; outputs?: { name: string; bytes: number; sha256: string }[]; notes?: string[]; attempts: Attempt[] }[];
}

export interface Losses {
  epochs: number;
  terms: { name: string; values: (number | null)[] }[];
}

export interface Attention {
  spots: number;
  bins: number;
  modalities: { name: string; mean: number; quantiles: number[]; histogram: number[] }[];
}

export interface Slice {
  name: string;
  spots: number;
  truth: { name: string; categories: string[] } | null;
  modalities: { name: string; measures: string; features: number; nonzeros: number }[];
}

export interface Device {
  name: string;
  lane: string;
  threads: number;
  campaign?: string;
  grain?: string;
  title?: string;
  stage?: string;
  epoch?: number;
  epochs?: number;
  since?: string;
}

export interface Silo {
  id: string;
  machine: string;
  program: string;
  engine: string;
  state: string;
  live: boolean;
  started: string;
  said?: string;
  memoryLimit: number;
  address?: string;
  codes: string[];
  devices: Device[];
}

export interface Progress {
  campaign: string;
  grain?: string;
  silo: string;
  device?: string;
  stage?: string;
  epoch?: number;
  epochs?: number;
  loss?: number;
}
