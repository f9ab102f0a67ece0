import { useEffect, useRef, useState } from 'preact/hooks';

export type LiveState = 'connecting' | 'live' | 'polling' | 'offline';
export type LiveName = 'campaign' | 'progress' | 'silos' | 'again';

const pollEvery = 4000;
const retryAfter = 30000;

type Handler = (name: LiveName, data: unknown) => void;

/**
 * One stream of events for all pages. Where it cannot be had, or breaks twice, pages are told to ask again every few seconds, and
 * the stream is tried again from time to time.
 */
class Live {
  state: LiveState = 'connecting';
  private handlers = new Set<Handler>();
  private watchers = new Set<(state: LiveState) => void>();
  private source: EventSource | null = null;
  private failures = 0;
  private poll = 0;
  private retry = 0;
  private was = false;

  start(): void {
    this.connect();
    window.addEventListener('online', () => this.reconnect());
    window.addEventListener('signed-in', () => this.reconnect());
    document.addEventListener('visibilitychange', () => {
      // A hidden page costs nothing; it catches up when it is seen again.
      if (document.hidden) this.stop();
      else this.reconnect();
    });
  }

  on(handler: Handler): () => void {
    this.handlers.add(handler);
    return () => this.handlers.delete(handler);
  }

  watch(watcher: (state: LiveState) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  private connect(): void {
    this.source?.close();
    const source = new EventSource('api/v1/events');
    this.source = source;
    source.addEventListener('hello', () => {
      this.failures = 0;
      this.stopPolling();
      this.set('live');
      // What happened while nobody listened.
      if (this.was) this.tell('again', null);
      this.was = true;
    });
    for (const name of ['campaign', 'progress', 'silos'] as const)
      source.addEventListener(name, (event) => this.tell(name, JSON.parse((event as MessageEvent<string>).data)));
    source.onerror = () => {
      if (source !== this.source) return;
      this.was = true;
      if (++this.failures < 2 && source.readyState !== EventSource.CLOSED) {
        this.set('connecting');
        return;
      }
      source.close();
      this.source = null;
      this.startPolling();
      window.clearTimeout(this.retry);
      this.retry = window.setTimeout(() => this.connect(), retryAfter);
    };
  }

  private reconnect(): void {
    this.failures = 0;
    window.clearTimeout(this.retry);
    this.connect();
  }

  private stop(): void {
    window.clearTimeout(this.retry);
    this.stopPolling();
    this.source?.close();
    this.source = null;
  }

  private startPolling(): void {
    if (this.poll) return;
    this.set('polling');
    const ask = async () => {
      try {
        const answer = await fetch('api/v1/silos', { credentials: 'same-origin' });
        if (this.poll) this.set(answer.ok ? 'polling' : 'offline');
      } catch {
        if (this.poll) this.set('offline');
        return;
      }
      this.tell('again', null);
    };
    this.poll = window.setInterval(() => void ask(), pollEvery);
    void ask();
  }

  private stopPolling(): void {
    window.clearInterval(this.poll);
    this.poll = 0;
  }

  private set(state: LiveState): void {
    this.state = state;
    for (const watcher of this.watchers) watcher(state);
  }

  private tell(name: LiveName, data: unknown): void {
    for (const handler of this.handlers) handler(name, data);
  }
}

export const live = new Live();

/** Calls back for what happens while the page is shown. */
export function useLive(handler: Handler): void {
  const latest = useRef(handler);
  latest.current = handler;
  useEffect(() => live.on((name, data) => latest.current(name, data)), []);
}

export function useLiveState(): LiveState {
  const [state, setState] = useState(live.state);
  useEffect(() => {
    // The stream may have begun between the first picture and this.
    setState(live.state);
    return live.watch(setState);
  }, []);
  return state;
}
