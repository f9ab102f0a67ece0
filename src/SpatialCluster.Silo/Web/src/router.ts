import { useEffect, useState } from 'preact/hooks';

/** The parts of the address behind '#', decoded: `#/campaigns/demo-0a/runs/3` is ['campaigns', 'demo-0a', 'runs', '3']. */
function parts(): string[] {
  try {
    return location.hash.replace(/^#\/?/, '').split('?')[0].split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return ['nowhere'];
  }
}

export function useRoute(): string[] {
  const [route, setRoute] = useState(parts);
  useEffect(() => {
    const follow = () => setRoute(parts());
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return route;
}

export const to = (...path: (string | number)[]): string => '#/' + path.map((p) => encodeURIComponent(p)).join('/');

export const go = (...path: (string | number)[]): void => {
  location.hash = to(...path);
};
