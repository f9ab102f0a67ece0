import { useEffect, useRef, useState } from 'preact/hooks';
import { signIn } from './api';
import { useLiveState } from './live';
import { CampaignPage } from './pages/campaign';
import { CampaignsPage } from './pages/campaigns';
import { RunPage } from './pages/run';
import { SilosPage } from './pages/silos';
import { TissuePage } from './pages/tissue';
import { Keys } from './parts/keys';
import { go, to, useRoute } from './router';
import { toggleTheme, useDark } from './theme';

const liveWords = {
  connecting: 'Connecting',
  live: 'Live',
  polling: 'Every 4 s',
  offline: 'Offline',
};

const liveMeans = {
  connecting: 'Connecting to the silo',
  live: 'What happens is shown at once',
  polling: 'The live connection is broken: the page asks every 4 seconds',
  offline: 'The silo does not answer; the page goes on asking',
};

function Page({ route }: { route: string[] }) {
  const [first, id, second, index, third] = route;
  const run = Number(index);
  if (!first) return <CampaignsPage />;
  if (first === 'silos' && !id) return <SilosPage />;
  if (first === 'campaigns' && id && !second) return <CampaignPage key={id} id={id} />;
  if (first === 'campaigns' && id && second === 'runs' && Number.isInteger(run)) {
    if (!third) return <RunPage key={`${id} ${run}`} id={id} index={run} />;
    if (third === 'tissue') return <TissuePage key={id} id={id} index={run} />;
  }
  return (
    <>
      <h1>Nothing is here</h1>
      <p>
        This address belongs to no page. <a href={to()}>All campaigns</a>
      </p>
    </>
  );
}

function SignIn({ done }: { done: () => void }) {
  const [token, setToken] = useState('');
  const [wrong, setWrong] = useState('');
  const submit = async (event: Event) => {
    event.preventDefault();
    try {
      if (await signIn(token)) done();
      else setWrong('That is not the token of this silo.');
    } catch {
      setWrong('The silo does not answer; try again.');
    }
  };
  return (
    <form class="panel sign-in" onSubmit={submit}>
      <h1>Sign in</h1>
      <p class="about">This silo listens beyond its own machine and asks for its API token, the one it was started with.</p>
      <label>
        API token
        <input type="password" autocomplete="current-password" value={token} onInput={(e) => setToken(e.currentTarget.value)} required />
      </label>
      {wrong && (
        <p class="error-text" role="alert">
          {wrong}
        </p>
      )}
      <button class="primary">Sign in</button>
    </form>
  );
}

export function App() {
  const route = useRoute();
  const state = useLiveState();
  const dark = useDark();
  const [help, setHelp] = useState(false);
  const [locked, setLocked] = useState(false);
  const main = useRef<HTMLElement>(null);
  const shown = useRef(route.join('/'));

  useEffect(() => {
    const lock = () => setLocked(true);
    window.addEventListener('sign-in', lock);
    return () => window.removeEventListener('sign-in', lock);
  }, []);

  useEffect(() => {
    const now = route.join('/');
    if (now === shown.current) return;
    shown.current = now;
    // Another page: readers of screens and keyboards begin at its head.
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [route]);

  useEffect(() => {
    let before = '';
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
      const pair = before + event.key;
      before = event.key === 'g' ? 'g' : '';
      if (event.key === '?') setHelp(true);
      else if (event.key === 't') toggleTheme();
      else if (pair === 'gc') go();
      else if (pair === 'gs') go('silos');
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);

  const skip = (event: Event) => {
    event.preventDefault();
    main.current?.focus();
  };

  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        Skip to the page
      </a>
      <header class="bar">
        <a class="brand" href={to()}>
          <img src="./favicon.svg" alt="" width="24" height="24" />
          <span>SpatialCluster</span>
        </a>
        <nav aria-label="Pages">
          <a href={to()} aria-current={!route[0] || route[0] === 'campaigns' ? 'page' : undefined}>
            Campaigns
          </a>
          <a href={to('silos')} aria-current={route[0] === 'silos' ? 'page' : undefined}>
            Silos
          </a>
        </nav>
        <span class={`live ${state}`} role="status" title={liveMeans[state]}>
          <span class="dot" aria-hidden="true" />
          <span>{liveWords[state]}</span>
        </span>
        <button class="icon" onClick={toggleTheme} aria-label={dark ? 'Light theme' : 'Dark theme'} title={`${dark ? 'Light' : 'Dark'} theme (t)`}>
          <svg viewBox="0 0 20 20" aria-hidden="true">
            {dark ? (
              <path d="M10 6a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm0-4v2m0 12v2M2 10h2m12 0h2M4.3 4.3l1.5 1.5m8.4 8.4 1.5 1.5m0-11.4-1.5 1.5m-8.4 8.4-1.5 1.5" />
            ) : (
              <path d="M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7Z" />
            )}
          </svg>
        </button>
        <button class="icon" onClick={() => setHelp(true)} aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)">
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M7.4 7.6a2.6 2.6 0 1 1 3.7 2.4c-.8.4-1.1.9-1.1 1.8M10 14.6v.2" />
          </svg>
        </button>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        {locked ? (
          <SignIn
            done={() => {
              setLocked(false);
              window.dispatchEvent(new Event('signed-in'));
            }}
          />
        ) : (
          <Page route={route} />
        )}
      </main>
      <Keys open={help} close={() => setHelp(false)} />
    </>
  );
}
