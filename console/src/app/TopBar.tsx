// The top bar: the product's mark, project and user, language, light or dark.
import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { closeSession } from '../api/session';
import { LANGUAGES } from '../i18n';
import { leaveFor } from '../pages/login/leave';
import { useBell } from './alarms/Bell';
import { useLanguage } from './language';
import { ConnectionSign } from './Live';
import logo from './logo.svg';
import { isMac } from './palette/usePalette';
import { preferredMode, rememberMode, type ColourMode } from './mode';
import { useSession } from './session';
import { ViewingBar } from './viewing/ViewingBar';

export function TopBar({ onLeft, onSearch }: { onLeft: () => void; onSearch: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const session = useSession();
  const language = useLanguageMenu();
  const colours = useModeButton();
  const bell = useBell();
  const who = session.project ? `${session.user.name} @ ${session.project.name}` : session.user.name;
  const leave = async () => {
    const elsewhere = await closeSession().catch(() => null);
    onLeft();
    void navigate('/');
    if (elsewhere) leaveFor(elsewhere);
  };
  return (
    <div id="top-navigation">
      <TopNavigation
        identity={{
          href: '/',
          title: t('product'),
          logo: { src: logo, alt: t('mark') },
          onFollow: (event) => {
            event.preventDefault();
            void navigate('/');
          },
        }}
        utilities={[
          {
            type: 'button',
            iconName: 'search',
            text: t('palette.open'),
            title: t(isMac() ? 'palette.openMac' : 'palette.openKeys'),
            onClick: onSearch,
          },
          bell.utility,
          colours,
          language,
          {
            type: 'menu-dropdown',
            iconName: 'user-profile',
            text: who,
            description: t('nav.project', { project: session.project?.name ?? t('common.none') }),
            ariaLabel: t('nav.named', { name: t('nav.account'), value: who }),
            items: [
              {
                id: 'who',
                text: t('nav.domain', { domain: session.domain.name }),
                items: [
                  // One's own account is no part of what a customer sees.
                  ...(session.viewing ? [] : [{ id: 'account', text: t('account.title'), iconName: 'user-profile' as const }]),
                  { id: 'log-out', text: t('nav.logOut'), iconName: 'unlocked' },
                ],
              },
            ],
            onItemClick: ({ detail }) => {
              if (detail.id === 'account') void navigate('/account');
              if (detail.id === 'log-out') void leave();
            },
          },
        ]}
      />
      <ViewingBar session={session} />
      <div role="status" className="unseen">
        {bell.told}
      </div>
      <ConnectionSign />
    </div>
  );
}

/** The menu that changes the language; also on the log-in page. */
export function useLanguageMenu(): TopNavigationProps.Utility {
  const { t } = useTranslation();
  const { language, change } = useLanguage();
  return {
    type: 'menu-dropdown',
    iconName: 'globe',
    text: t(`language.${language}`),
    ariaLabel: t('nav.named', { name: t('nav.language'), value: t(`language.${language}`) }),
    items: LANGUAGES.map((each) => ({ id: each, text: t(`language.${each}`), lang: each })),
    onItemClick: ({ detail }) => {
      const chosen = LANGUAGES.find((each) => each === detail.id);
      if (chosen) change(chosen);
    },
  };
}

export function useModeButton(): TopNavigationProps.Utility {
  const { t } = useTranslation();
  const [mode, setMode] = useState<ColourMode>(preferredMode);
  const other = mode === 'dark' ? 'light' : 'dark';
  return {
    type: 'button',
    iconSvg: <Contrast />,
    ariaLabel: t(`nav.mode.${other}`),
    title: t(`nav.mode.${other}`),
    onClick: () => {
      rememberMode(other);
      applyMode(other === 'dark' ? Mode.Dark : Mode.Light);
      setMode(other);
    },
  };
}

function Contrast() {
  return (
    <svg viewBox="0 0 16 16" focusable="false" aria-hidden="true">
      <circle cx="8" cy="8" r="6" fill="none" />
      <path d="M8 2 a6 6 0 0 1 0 12 z" className="filled" />
    </svg>
  );
}
