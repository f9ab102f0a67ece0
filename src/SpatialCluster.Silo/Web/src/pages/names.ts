import type { Method, Run, Scenario } from '../types';

/** A method with what tells it from the others of the campaign. */
export function methodName(method: Method, all: Method[] = []): string {
  let name = method.ablation ? `${method.title}, ${method.ablation}` : method.title;
  const alike = all.filter((m) => m.title === method.title && m.ablation === method.ablation);
  if (alike.some((m) => m.clusterer !== method.clusterer)) name += `, ${method.clusterer}`;
  if (alike.some((m) => m.clusterer === method.clusterer && m.preset !== method.preset)) name += `, ${method.preset}`;
  if (alike.some((m) => m.clusterer === method.clusterer && m.preset === method.preset && m.overrides !== method.overrides))
    name += `, ${method.overrides || 'as preset'}`;
  return name;
}

export const scenarioName = (scenario: Scenario): string => (scenario.kind === 'none' ? scenario.dataset : `${scenario.dataset}, ${scenario.label}`);

export function mean(values: number[]): { mean: number; deviation?: number } | null {
  if (values.length === 0) return null;
  const m = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((a, b) => a + (b - m) ** 2, 0);
  return { mean: m, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : undefined };
}

/** Scores of an evaluation each: seeds of a method that draws nothing share one, and do not spread. */
export function scoresOf(runs: Run[], metric: string): number[] {
  const seen = new Map<string, number>();
  for (const run of runs) {
    const score = run.scores?.[metric];
    if (score !== undefined) seen.set(run.evaluation, score);
  }
  return [...seen.values()];
}
