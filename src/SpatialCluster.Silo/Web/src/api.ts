import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const base = 'api/v1/';

async function ask(path: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(base + path, { credentials: 'same-origin', ...init });
  } catch (failure) {
    if ((failure as Error).name === 'AbortError') throw failure;
    throw new ApiError(0, 'The silo does not answer; it may have been stopped, or the network is down.');
  }
  if (response.ok) return response;
  if (response.status === 401) window.dispatchEvent(new Event('sign-in'));
  let sentence = `The silo answered ${response.status} ${response.statusText}.`;
  try {
    sentence = ((await response.json()) as { error?: string }).error ?? sentence;
  } catch {
    // An answer of something between us.
  }
  throw new ApiError(response.status, sentence);
}

export const getJson = async <T>(path: string, signal?: AbortSignal): Promise<T> => (await (await ask(path, { signal })).json()) as T;

export const getFloats = async (path: string, signal?: AbortSignal): Promise<Float32Array> =>
  new Float32Array(await (await ask(path, { signal })).arrayBuffer());

export const getInts = async (path: string, signal?: AbortSignal): Promise<Int32Array> =>
  new Int32Array(await (await ask(path, { signal })).arrayBuffer());

export const post = async (path: string): Promise<void> => {
  await ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
};

/** Trades the token for a cookie. */
export const signIn = async (token: string): Promise<boolean> => {
  const response = await fetch(base + 'session', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  return response.ok;
};

export interface Resource<T> {
  data?: T;
  error?: ApiError;
  reload: () => void;
}

/** What a path gives; asked for again on `reload`, with the old data shown meanwhile. */
export function useJson<T>(path: string | null): Resource<T> {
  const [state, setState] = useState<{ path: string | null; data?: T; error?: ApiError }>({ path });
  const busy = useRef<AbortController | null>(null);
  const again = useRef(false);
  const load = useCallback(() => {
    if (path === null) return;
    if (busy.current) {
      again.current = true;
      return;
    }
    const abort = new AbortController();
    busy.current = abort;
    getJson<T>(path, abort.signal)
      .then((data) => setState({ path, data }))
      .catch((error: Error) => {
        if (error.name !== 'AbortError') setState((old) => ({ path, data: old.path === path ? old.data : undefined, error: error as ApiError }));
      })
      .finally(() => {
        if (busy.current !== abort) return;
        busy.current = null;
        if (again.current) {
          again.current = false;
          load();
        }
      });
  }, [path]);
  useEffect(() => {
    load();
    return () => {
      busy.current?.abort();
      busy.current = null;
      again.current = false;
    };
  }, [load]);
  return state.path === path ? { data: state.data, error: state.error, reload: load } : { reload: load };
}
