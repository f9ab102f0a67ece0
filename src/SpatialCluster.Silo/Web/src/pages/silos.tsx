import { useState } from 'preact/hooks';
import { post, useJson } from '../api';
import { bytes, plural, whole } from '../format';
import { useLive } from '../live';
import { Ago, Confirm, Loading, Trouble, useTitle } from '../parts/bits';
import { to } from '../router';
import type { Device, Progress, Silo } from '../types';

interface Reply {
  canDrain: boolean;
  silos: Silo[];
}

const words: Record<string, string> = { ready: 'Ready', draining: 'Draining', drained: 'Drained', left: 'Left' };

function DeviceRow({ device, heard }: { device: Device; heard?: Progress }) {
  const epoch = heard?.epoch ?? device.epoch;
  const epochs = heard?.epochs ?? device.epochs;
  return (
    <tr>
      <th scope="row">{device.name}</th>
      <td>
        {device.lane} lane, {plural(device.threads, 'thread')}
      </td>
      <td class="wide">
        {device.grain ? (
          <>
            {device.campaign ? <a href={to('campaigns', device.campaign)}>{device.title ?? device.grain}</a> : (device.title ?? device.grain)}
            <span class="quiet">
              {device.stage && ` · ${heard?.stage ?? device.stage}`}
              {epoch !== undefined && epochs ? ` · epoch ${whole(epoch)} of ${whole(epochs)}` : ''}
              {device.since && (
                <>
                  {' '}
                  · began <Ago time={device.since} />
                </>
              )}
            </span>
            {epoch !== undefined && epochs ? (
              <span
                class="track thin"
                role="progressbar"
                aria-label={`Epochs of ${device.title ?? device.grain}`}
                aria-valuemin={0}
                aria-valuemax={epochs}
                aria-valuenow={epoch}
              >
                <span class="running" style={{ width: `${(100 * epoch) / epochs}%` }} />
              </span>
            ) : null}
          </>
        ) : (
          <span class="quiet">Idle</span>
        )}
      </td>
    </tr>
  );
}

export function SilosPage() {
  useTitle('Silos');
  const { data, error, reload } = useJson<Reply>('silos');
  const [heard, setHeard] = useState<Silo[] | null>(null);
  const [progress, setProgress] = useState<Record<string, Progress>>({});
  useLive((name, event) => {
    if (name === 'again') {
      setHeard(null);
      reload();
    } else if (name === 'silos') setHeard(event as Silo[]);
    else if (name === 'progress') setProgress((old) => Object.assign({ ...old }, ...(event as Progress[]).map((p) => ({ [p.grain ?? '']: p }))));
  });
  if (!data) return error ? <Trouble error={error} again={reload} /> : <Loading what="silos" />;
  const silos = heard ? heard.map((s) => ({ ...s, said: s.said ?? data.silos.find((d) => d.id === s.id)?.said })) : data.silos;
  const shown = [...silos].sort((a, b) => Number(b.live) - Number(a.live) || a.id.localeCompare(b.id));
  const liveSilos = shown.filter((s) => s.live);
  const devices = liveSilos.flatMap((s) => s.devices);
  return (
    <>
      <h1>Silos</h1>
      <p class="lead">
        {plural(liveSilos.length, 'silo')} at work with {plural(devices.length, 'device')}, {whole(devices.filter((d) => d.grain).length)} of them busy
      </p>
      {error && <Trouble error={error} again={reload} />}
      {shown.length === 0 && (
        <div class="panel empty">
          <h2>No silo uses this store</h2>
          <p>A silo is a process that takes grains and works on them. Start one on any machine that reaches the store and the broker:</p>
          <pre>spatialcluster silo --engine rabbitmq --broker amqp://HOST:5672 --store STORE</pre>
        </div>
      )}
      <ul class="list">
        {shown.map((silo) => (
          <li class="panel" key={silo.id} data-silo={silo.id}>
            <div class="head">
              <h2>{silo.id}</h2>
              <span class={`state ${silo.live ? (silo.state === 'ready' ? 'done' : 'waiting') : 'cancelled'}`}>
                {silo.live || silo.state === 'left' ? words[silo.state] : 'Silent'}
              </span>
              {data.canDrain && silo.live && silo.state === 'ready' && (
                <Confirm
                  label="Drain"
                  question={`${silo.id} gives its grains back, from their last checkpoints, and takes no more. It goes on answering until it is stopped.`}
                  action="Drain this silo"
                  act={async () => {
                    await post(`silos/${silo.id}/drain`);
                    reload();
                  }}
                />
              )}
            </div>
            <p class="quiet small">
              On {silo.machine} · {silo.engine} · version {silo.program} · up to {bytes(silo.memoryLimit)} · came <Ago time={silo.started} />
              {silo.said && !silo.live && (
                <>
                  {' '}
                  · last heard of <Ago time={silo.said} />
                </>
              )}
              {silo.address && (
                <>
                  {' '}
                  · <a href={silo.address}>its own dashboard</a>
                </>
              )}
            </p>
            <table class="devices">
              <thead>
                <tr>
                  <th scope="col">Device</th>
                  <th scope="col">Serves</th>
                  <th scope="col">Does now</th>
                </tr>
              </thead>
              <tbody>
                {silo.devices.map((d) => (
                  <DeviceRow key={d.name} device={d} heard={d.grain ? progress[d.grain] : undefined} />
                ))}
              </tbody>
            </table>
            <details>
              <summary>Code that it has</summary>
              <p class="codes">
                {silo.codes.map((c) => (
                  <code key={c}>{c}</code>
                ))}
              </p>
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}
