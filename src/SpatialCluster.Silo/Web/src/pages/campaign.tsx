import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type ApiError, getJson, post, useJson } from '../api';
import { moment } from '../format';
import { useLive } from '../live';
import { CampaignState, Confirm, Crumbs, Fact, Loading, Progress, Trouble, useTitle } from '../parts/bits';
import { to } from '../router';
import type { CampaignDetail, CampaignSummary, Cell, Runs, RunsReply } from '../types';
import { Levels } from './levels';
import { Matrix } from './matrix';
import { RunTable } from './runtable';

/** The runs of a campaign: whole at first, and then only what changed. */
function useRuns(id: string): { runs?: Runs; summary?: CampaignSummary; error?: ApiError; refresh: () => void } {
  const [state, setState] = useState<{ runs?: Runs; summary?: CampaignSummary; error?: ApiError }>({});
  const token = useRef('');
  const busy = useRef(false);
  const again = useRef(false);
  const gone = useRef(false);
  const refresh = useCallback(async () => {
    if (busy.current) {
      again.current = true;
      return;
    }
    busy.current = true;
    try {
      const reply = await getJson<RunsReply>(`campaigns/${id}/runs${token.current ? `?since=${token.current}` : ''}`);
      token.current = reply.token;
      if (!gone.current)
        setState((old) => {
          const metrics = reply.metrics;
          if (reply.whole || !old.runs)
            return { runs: { token: reply.token, methods: reply.methods!, scenarios: reply.scenarios!, metrics, runs: reply.runs }, summary: reply.campaign };
          const runs = [...old.runs.runs];
          // What changed says nothing of where it stands in the matrix that was not known before.
          for (const run of reply.runs) runs[run.index] = run;
          return { runs: { ...old.runs, token: reply.token, metrics, runs }, summary: reply.campaign };
        });
    } catch (error) {
      if (!gone.current) setState((old) => ({ ...old, error: error as ApiError }));
    } finally {
      busy.current = false;
      if (again.current && !gone.current) {
        again.current = false;
        window.setTimeout(() => void refresh(), 500);
      }
    }
  }, [id]);
  useEffect(() => {
    gone.current = false;
    void refresh();
    return () => {
      gone.current = true;
    };
  }, [refresh]);
  return { ...state, refresh: () => void refresh() };
}

const firstMetrics = ['ari', 'nmi', 'asw_domain', 'moran'];

export function CampaignPage({ id }: { id: string }) {
  const { data: detail, error, reload } = useJson<CampaignDetail>(`campaigns/${id}`);
  const { runs, summary: fetched, error: runsError, refresh } = useRuns(id);
  const [heard, setHeard] = useState<CampaignSummary | null>(null);
  const [metricId, setMetric] = useState('');
  const [cell, setCell] = useState<Cell | null>(null);
  const table = useRef<HTMLElement>(null);
  useTitle(detail?.campaign.name ?? id);
  useLive((name, event) => {
    if (name === 'again') {
      reload();
      refresh();
    }
    if (name !== 'campaign' || (event as CampaignSummary).id !== id) return;
    setHeard(event as CampaignSummary);
    refresh();
    if ((event as CampaignSummary).finished) reload();
  });
  const metric = useMemo(() => {
    const known = runs?.metrics ?? [];
    return known.find((m) => m.id === metricId) ?? firstMetrics.map((f) => known.find((m) => m.id === f)).find(Boolean) ?? known[0];
  }, [runs, metricId]);

  if (!detail) return error ? <Trouble error={error} again={reload} /> : <Loading what="the campaign" />;
  const campaign = [detail.campaign, fetched, heard].filter((c): c is CampaignSummary => !!c).reduce((a, b) => (b.revision >= a.revision ? b : a));
  const choose = (chosen: Cell) => {
    setCell(chosen);
    table.current?.scrollIntoView({ block: 'start' });
    table.current?.focus({ preventScroll: true });
  };
  const failed = runs?.runs.filter((r) => r.state === 'failed') ?? [];
  return (
    <>
      <Crumbs>
        <a href={to()}>Campaigns</a>
      </Crumbs>
      <div class="head">
        <h1>{campaign.name}</h1>
        <CampaignState campaign={campaign} />
        {detail.canCancel && !campaign.finished && !campaign.cancelled && (
          <Confirm
            label="Cancel"
            question={`The grains of ${campaign.name} that run now stop within an epoch, and no more of them begin. What is done stays; the campaign can be run again.`}
            action="Cancel this campaign"
            act={async () => {
              await post(`campaigns/${id}/cancel`);
              reload();
              refresh();
            }}
          />
        )}
      </div>
      {campaign.description && <p class="lead">{campaign.description}</p>}
      <Progress campaign={campaign} detailed />
      {error && <Trouble error={error} again={reload} />}
      {!runs && (runsError ? <Trouble error={runsError} again={refresh} /> : <Loading what="its results" />)}
      {runs && (
        <>
          <section class="panel" aria-labelledby="matrix-title">
            <h2 id="matrix-title">Run matrix</h2>
            <Matrix runs={runs} metric={metric} setMetric={setMetric} choose={choose} />
          </section>
          {metric && <Levels runs={runs} metric={metric} />}
          {failed.length > 0 && (
            <section class="panel trouble" aria-labelledby="failed-title">
              <h2 id="failed-title">{failed.length === 1 ? 'One run failed' : `${failed.length} runs failed`}</h2>
              <ul class="errors">
                {[...Map.groupBy(failed, (r) => r.error ?? '')].map(([text, same]) => (
                  <li key={text}>
                    <p class="error-text">{text}</p>
                    <p class="quiet small">
                      {same.slice(0, 12).map((r, i) => (
                        <>
                          {i > 0 && ', '}
                          <a href={to('campaigns', id, 'runs', r.index)}>
                            {runs.methods[r.method].title} on {runs.scenarios[r.scenario].dataset}, seed {r.seed}
                          </a>
                        </>
                      ))}
                      {same.length > 12 && ` and ${same.length - 12} more`}
                    </p>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section class="panel" aria-labelledby="runs-title" ref={table} tabIndex={-1}>
            <h2 id="runs-title">Runs</h2>
            <RunTable id={id} runs={runs} metric={metric} cell={cell} clear={() => setCell(null)} />
          </section>
        </>
      )}
      <section class="panel" aria-labelledby="grains-title">
        <h2 id="grains-title">Grains</h2>
        <p class="about">A grain is done once and kept: runs that need the same slice or features share them.</p>
        <div class="scroll" tabIndex={0} role="region" aria-label="Grains by kind">
          <table>
            <thead>
              <tr>
                <th scope="col">Kind</th>
                {['Done', 'Running', 'Waiting', 'Failed'].map((h) => (
                  <th scope="col" class="number" key={h}>
                    {h}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {detail.kinds.map((k) => (
                <tr key={k.kind}>
                  <th scope="row">{k.kind}</th>
                  {[k.done, k.running, k.waiting, k.failed].map((n, i) => (
                    <td class="number" key={i}>
                      {n}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <dl class="cards">
          <Fact name="Campaign">
            <code>{campaign.id}</code>
          </Fact>
          <Fact name="Submitted">{moment(campaign.submitted)}</Fact>
          {campaign.lastDone && <Fact name="Last result">{moment(campaign.lastDone)}</Fact>}
        </dl>
        <details>
          <summary>The document, as it was submitted</summary>
          <pre tabIndex={0}>{detail.document}</pre>
        </details>
      </section>
    </>
  );
}
