// The command palette: every page, thing and action by a few letters, without the mouse. A combobox with a listbox (WAI-ARIA 1.2).
import Modal from '@cloudscape-design/components/modal';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Asked } from '../asked';
import { useMay } from '../rights';
import { useSession } from '../session';
import { find, type Entry, type Group } from './find';
import { recentOf, remember } from './recent';
import { useEntries } from './useEntries';

const GROUPS: readonly Group[] = ['recent', 'resources', 'actions', 'pages'];
/** Of each group: what is further down is found by typing more. */
const MOST = 8;
/** milliseconds after the last key */
const PAUSE = 120;

export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const session = useSession();
  const may = useMay();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const settled = useSettled(typed);
  const { entries, searching } = useEntries(settled);
  const recent = useMemo(() => recentOf(session.user.id).filter((entry) => entry.right === null || may(entry.right)), [session.user.id, may]);
  const groups = useGroups(entries, typed, recent);
  const shown = groups.flatMap((group) => group.entries);
  const active = shown[Math.min(at, shown.length - 1)];
  const option = (entry: Entry) => `${id}-${entry.group}-${shown.indexOf(entry)}`;

  const go = (entry: Entry | undefined) => {
    if (!entry) return;
    remember(session.user.id, entry);
    const asked: Asked | null = entry.ask ? { ask: entry.ask, ...(entry.of ? { id: entry.of } : {}) } : null;
    onClose();
    void navigate(entry.href, { state: asked });
  };
  const pressed = (event: KeyboardEvent) => {
    // Enter that ends a conversion from kana chooses nothing.
    if (event.nativeEvent.isComposing) return;
    const last = shown.length - 1;
    const to = { ArrowDown: at >= last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (to !== undefined && (event.key.startsWith('Arrow') || event.ctrlKey)) setAt(Math.max(0, to));
    else if (event.key === 'Enter') go(active);
    else return;
    event.preventDefault();
  };
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // After the dialog has put the focus on its first control.
    const frame = requestAnimationFrame(() => box.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [at, typed]);
  return (
    <Modal visible size="medium" header={t('palette.title')} onDismiss={onClose} closeAriaLabel={t('common.close')}>
      <div className="palette">
        <input
          ref={box}
          className="palette-input"
          type="text"
          role="combobox"
          aria-expanded={shown.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active ? option(active) : undefined}
          aria-label={t('palette.label')}
          placeholder={t('palette.placeholder')}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={pressed}
          spellCheck={false}
          autoComplete="off"
        />
        <div id={`${id}-list`} ref={list} className="palette-list" role="listbox" aria-label={t('palette.results')}>
          {groups.map((group) => (
            <div key={group.id} role="group" aria-labelledby={`${id}-${group.id}`}>
              <div id={`${id}-${group.id}`} className="palette-group" role="presentation">
                {t(`palette.groups.${group.id}`)}
              </div>
              {group.entries.map((entry) => (
                <div
                  key={entry.id}
                  id={option(entry)}
                  role="option"
                  aria-selected={entry === active}
                  className="palette-entry"
                  onMouseMove={() => setAt(shown.indexOf(entry))}
                  onClick={() => go(entry)}
                >
                  <span>{entry.text}</span>
                  {entry.detail && <small>{entry.detail}</small>}
                </div>
              ))}
            </div>
          ))}
        </div>
        <p role="status" className={shown.length > 0 ? 'unseen' : 'palette-nothing'}>
          {searching || settled !== typed ? t('palette.searching') : shown.length === 0 ? t('palette.nothing') : t('palette.count', { count: shown.length })}
        </p>
        <p className="palette-keys">{t('palette.keys')}</p>
      </div>
    </Modal>
  );
}

/** What was used last stands first while nothing is typed. */
function useGroups(entries: readonly Entry[], typed: string, recent: readonly Entry[]): { id: Group; entries: Entry[] }[] {
  const nothing = typed.trim() === '';
  const all = nothing ? [...entries] : find([...entries, ...recent.filter((old) => !entries.some((entry) => entry.id === old.id))], typed, recent.map((entry) => entry.id));
  const used = nothing ? recent : [];
  return GROUPS.map((id) => ({
    id,
    entries: id === 'recent' ? used.map((entry) => ({ ...entry, group: 'recent' as const })) : all.filter((entry) => entry.group === id && !used.some((old) => old.id === entry.id)).slice(0, nothing && id === 'pages' ? undefined : MOST),
  })).filter((group) => group.entries.length > 0);
}

function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  return settled;
}
