import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ApiError } from '../api';
import { ago, moment, plural, roughly, whole } from '../format';
import type { CampaignSummary, State } from '../types';

export const stateWords: Record<State, string> = { waiting: 'Waiting', running: 'Running', done: 'Done', failed: 'Failed' };

export const StateMark = ({ state }: { state: State }) => <span class={`state ${state}`}>{stateWords[state]}</span>;

export function Trouble({ error, again }: { error: ApiError | Error; again?: () => void }) {
  return (
    <div class="panel trouble" role="alert">
      <h2>This could not be shown</h2>
      <p>{error.message}</p>
      {again && <button onClick={again}>Try again</button>}
    </div>
  );
}

export const Loading = ({ what }: { what: string }) => (
  <p class="loading" role="status">
    Reading {what} …
  </p>
);

/** A time told as how long ago it was, the whole of it on hover. */
export function Ago({ time }: { time: string }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => tick((t) => t + 1), 15000);
    return () => window.clearInterval(timer);
  }, []);
  return (
    <time dateTime={time} title={moment(time)}>
      {ago(time)}
    </time>
  );
}

export function campaignState(c: CampaignSummary): { word: string; kind: State | 'cancelled' } {
  if (c.finished && c.failed > 0) return { word: `Finished, ${plural(c.failed, 'grain')} failed`, kind: 'failed' };
  if (c.finished) return { word: 'Finished', kind: 'done' };
  if (c.cancelled) return { word: 'Cancelled', kind: 'cancelled' };
  if (c.running > 0) return { word: 'Running', kind: 'running' };
  return { word: 'Waiting', kind: 'waiting' };
}

export const CampaignState = ({ campaign }: { campaign: CampaignSummary }) => {
  const { word, kind } = campaignState(campaign);
  return <span class={`state ${kind}`}>{word}</span>;
};

/** How far a campaign is: done, failed and running grains, beside what waits. */
export function Progress({ campaign, detailed }: { campaign: CampaignSummary; detailed?: boolean }) {
  const share = (n: number) => `${(100 * n) / Math.max(1, campaign.grains)}%`;
  const rate = campaign.grainsPerMinute;
  const goesOn = !campaign.finished && !campaign.cancelled;
  return (
    <div class="progress">
      <div
        class="track"
        role="progressbar"
        aria-label={`Grains of ${campaign.name} that came to their end`}
        aria-valuemin={0}
        aria-valuemax={campaign.grains}
        aria-valuenow={campaign.done + campaign.failed}
      >
        <span class="done" style={{ width: share(campaign.done) }} />
        <span class="failed" style={{ width: share(campaign.failed) }} />
        <span class="running" style={{ width: share(campaign.running) }} />
      </div>
      <p class="quiet">
        {whole(campaign.done)} of {plural(campaign.grains, 'grain')} done
        {campaign.running > 0 && `, ${whole(campaign.running)} running`}
        {campaign.failed > 0 && `, ${whole(campaign.failed)} failed`}
        {detailed && goesOn && rate !== undefined && ` · ${rate >= 10 ? whole(rate) : rate.toFixed(1)} a minute`}
        {detailed && goesOn && campaign.secondsLeft !== undefined && ` · ${roughly(campaign.secondsLeft)} left`}
      </p>
    </div>
  );
}

export function Fact({ name, children, detail }: { name: string; children: ComponentChildren; detail?: ComponentChildren }) {
  return (
    <div class="card">
      <dt>{name}</dt>
      <dd>{children}</dd>
      {detail && <dd class="detail">{detail}</dd>}
    </div>
  );
}

/** Asks once more before something that cannot be undone. */
export function Confirm({ label, question, action, act }: { label: string; question: string; action: string; act: () => Promise<void> }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    try {
      await act();
      dialog.current!.close();
    } catch (failure) {
      setError((failure as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button onClick={() => dialog.current!.showModal()}>{label}</button>
      <dialog ref={dialog} aria-label={label}>
        <p>{question}</p>
        {error && (
          <p class="error-text" role="alert">
            {error}
          </p>
        )}
        <div class="row">
          <button class="primary danger" disabled={busy} onClick={() => void go()}>
            {action}
          </button>
          <button onClick={() => dialog.current!.close()}>Leave it</button>
        </div>
      </dialog>
    </>
  );
}

export function Crumbs({ children }: { children: ComponentChildren }) {
  return (
    <nav class="crumbs" aria-label="Where this is">
      {children}
    </nav>
  );
}

/** Sets the title of the browser's tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · SpatialCluster` : 'SpatialCluster';
  }, [title]);
}
