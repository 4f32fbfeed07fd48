// The log-in page.
import Box from '@cloudscape-design/components/box';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/http';
import type { Session } from '../../api/session';
import { useLanguage } from '../../app/language';
import logo from '../../app/logo.svg';
import { LANGUAGES } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { LogInForm } from './LogInForm';
import { Scenery } from './Scenery';

interface LogInProps {
  onEntered: (session: Session) => void;
  /** Why the session could not be read, where that was not for want of one. */
  trouble: unknown;
}

export default function LogIn({ onEntered, trouble }: LogInProps) {
  const { t } = useTranslation();
  const { language, change } = useLanguage();
  useEffect(() => {
    document.title = `${t('login.title')} | ${t('product')}`;
  }, [t]);
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
      <div className="log-in-card">
        <Container>
          <SpaceBetween size="l">
            <div className="log-in-mark">
              <img src={logo} alt="" width={56} height={56} />
              <Header variant="h1" description={t('login.subtitle')}>
                {t('product')}
              </Header>
            </div>
            <Failure error={trouble} header={trouble instanceof ApiError && trouble.bySource ? undefined : t('login.trouble')} />
            <LogInForm onEntered={onEntered} />
            <Link href="/apply">{t('apply.link')}</Link>
            <Box color="text-body-secondary" fontSize="body-s">
              {t('login.recorded')}
            </Box>
          </SpaceBetween>
        </Container>
      </div>
    </main>
  );
}
