// Before a notice goes out: how customers will see it, whom it reaches, and who gets the mail.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useTranslation } from 'react-i18next';
import type { NoticeContract } from '../../../api/notices';
import { LANGUAGES } from '../../../i18n';
import { NoticeBadges, NoticeText } from '../NoticeText';
import { reached, type Draft } from './draft';

interface ReachProps {
  draft: Draft;
  contracts: readonly NoticeContract[];
  onMail: (mail: boolean) => void;
}

export function Reach({ draft, contracts, onMail }: ReachProps) {
  const { t } = useTranslation();
  const whom = reached(draft, contracts);
  const inJapanese = whom.filter((one) => one.language === 'ja').length;
  return (
    <SpaceBetween size="m">
      <Container header={<Box variant="h3">{t('noticeRegister.preview')}</Box>}>
        <Tabs
          ariaLabel={t('noticeRegister.preview')}
          tabs={LANGUAGES.map((language) => ({
            id: language,
            label: t(`language.${language}`),
            content: (
              <SpaceBetween size="xs">
                <NoticeBadges kind={draft.kind} important={draft.important} unread />
                <Box variant="h4">
                  <span lang={language}>{language === 'ja' ? draft.titleJa : draft.titleEn}</span>
                </Box>
                <NoticeText text={language === 'ja' ? draft.textJa : draft.textEn} lang={language} />
              </SpaceBetween>
            ),
          }))}
        />
      </Container>
      <ExpandableSection variant="container" headerText={t('noticeRegister.reaches', { count: whom.length })} headerDescription={draft.everyone ? t('noticeRegister.reachesAll') : t('noticeRegister.reachesChosen')}>
        <ul className="home-items">
          {whom.map((one) => (
            <li key={one.project}>
              {one.company} <Box variant="small" display="inline" color="text-body-secondary">{`${one.name} · ${one.email} · ${t(`language.${one.language}`)}`}</Box>
            </li>
          ))}
        </ul>
      </ExpandableSection>
      <Checkbox checked={draft.mail} disabled={whom.length === 0} description={t('noticeRegister.mailText', { ja: inJapanese, en: whom.length - inJapanese })} onChange={({ detail }) => onMail(detail.checked)}>
        {t('noticeRegister.mail', { count: whom.length })}
      </Checkbox>
      {draft.mail && <Alert type="warning">{t('noticeRegister.mailWarning')}</Alert>}
    </SpaceBetween>
  );
}
