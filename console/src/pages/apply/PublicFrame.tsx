// The frame of pages that need no session: the mark, the language, one card.
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../app/language';
import logo from '../../app/logo.svg';
import { LANGUAGES } from '../../i18n';
import { Scenery } from '../login/Scenery';

export function PublicFrame({ title, description, children }: { title: string; description?: string; children: ReactNode }) {
  const { t } = useTranslation();
  const { language, change } = useLanguage();
  useEffect(() => {
    document.title = `${title} | ${t('product')}`;
  }, [t, title]);
  return (
    <main className="log-in">
      <Scenery />
      <div className="log-in-language">
        <ButtonDropdown
          variant="normal"
          items={LANGUAGES.map((each) => ({ id: each, text: t(`language.${each}`), lang: each }))}
          ariaLabel={t('nav.named', { name: t('nav.language'), value: t(`language.${language}`) })}
          onItemClick={({ detail }) => {
            const chosen = LANGUAGES.find((each) => each === detail.id);
            if (chosen) change(chosen);
          }}
        >
          {t(`language.${language}`)}
        </ButtonDropdown>
      </div>
      <div className="public-card">
        <Container>
          <SpaceBetween size="l">
            <div className="log-in-mark">
              <img src={logo} alt="" width={56} height={56} />
              <Header variant="h1" description={description}>
                {title}
              </Header>
            </div>
            {children}
          </SpaceBetween>
        </Container>
      </div>
    </main>
  );
}
