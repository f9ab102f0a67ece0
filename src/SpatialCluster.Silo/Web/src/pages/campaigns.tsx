import { useState } from 'preact/hooks';
import { useJson } from '../api';
import { useLive } from '../live';
import { Ago, CampaignState, Loading, Progress, Trouble, useTitle } from '../parts/bits';
import { to } from '../router';
import type { CampaignList, CampaignSummary } from '../types';

export function CampaignsPage() {
  useTitle('Campaigns');
  const { data, error, reload } = useJson<CampaignList>('campaigns');
  const [heard, setHeard] = useState<Record<string, CampaignSummary>>({});
  useLive((name, event) => {
    if (name === 'again') reload();
    if (name !== 'campaign') return;
    const campaign = event as CampaignSummary;
    setHeard((old) => ({ ...old, [campaign.id]: campaign }));
    if (data && !data.campaigns.some((c) => c.id === campaign.id)) reload();
  });
  if (!data) return error ? <Trouble error={error} again={reload} /> : <Loading what="campaigns" />;
  const campaigns = data.campaigns
    .map((c) => (heard[c.id] && heard[c.id].revision >= (c.revision ?? 0) ? heard[c.id] : c))
    .sort((a, b) => (b.submitted ?? '').localeCompare(a.submitted ?? ''));
  return (
    <>
      <h1>Campaigns</h1>
      <p class="lead">
        In the store <code>{data.store}</code>
      </p>
      {error && <Trouble error={error} again={reload} />}
      {campaigns.length === 0 && (
        <div class="panel empty">
          <h2>No campaign yet</h2>
          <p>A campaign is one document of datasets, methods and seeds. Submit one from any machine that reaches this store:</p>
          <pre>spatialcluster campaign run campaign.yaml --store {data.store}</pre>
        </div>
      )}
      <ul class="list">
        {campaigns.map((c) => (
          <li class="panel" key={c.id}>
            <div class="head">
              <h2>
                <a href={to('campaigns', c.id)}>{c.name}</a>
              </h2>
              {!c.trouble && <CampaignState campaign={c} />}
            </div>
            {c.trouble ? (
              <p class="error-text">{c.trouble}</p>
            ) : (
              <>
                {c.description && <p class="about">{c.description}</p>}
                <Progress campaign={c} detailed />
                <p class="quiet small">
                  <code>{c.id}</code> · submitted <Ago time={c.submitted} />
                  {c.lastDone && (
                    <>
                      {' '}
                      · last result <Ago time={c.lastDone} />
                    </>
                  )}
                </p>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
