import { useEffect, useState } from 'preact/hooks';

const system = window.matchMedia('(prefers-color-scheme: dark)');
const changed = 'theme';

export const isDark = (): boolean => (document.documentElement.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';

system.addEventListener('change', () => window.dispatchEvent(new Event(changed)));

/** Turns dark to light or the other way, and remembers it. */
export function toggleTheme(): void {
  const theme = isDark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // Not remembered where storage is forbidden.
  }
  window.dispatchEvent(new Event(changed));
}

export function useDark(): boolean {
  const [dark, setDark] = useState(isDark);
  useEffect(() => {
    const follow = () => setDark(isDark());
    window.addEventListener(changed, follow);
    return () => window.removeEventListener(changed, follow);
  }, []);
  return dark;
}
