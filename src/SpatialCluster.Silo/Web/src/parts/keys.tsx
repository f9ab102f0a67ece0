import { useEffect, useRef } from 'preact/hooks';

const shortcuts: [string, string][] = [
  ['?', 'these shortcuts'],
  ['g c', 'campaigns'],
  ['g s', 'silos'],
  ['t', 'dark or light'],
  ['[ and ]', 'on a run or its tissue: the run before, the run after'],
  ['+ and −', 'on a tissue: nearer, farther'],
  ['0', 'on a tissue: all of it'],
  ['arrows', 'on a tissue that has the focus: move it'],
  ['Esc', 'closes what is open'],
];

export function Keys({ open, close }: { open: boolean; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !dialog.current!.open) dialog.current!.showModal();
    if (!open && dialog.current!.open) dialog.current!.close();
  }, [open]);
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="keys-title">
      <h2 id="keys-title">Keyboard shortcuts</h2>
      <dl class="keys">
        {shortcuts.map(([keys, means]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{means}</dd>
          </div>
        ))}
      </dl>
      <button class="primary" onClick={() => dialog.current!.close()}>
        Close
      </button>
    </dialog>
  );
}
