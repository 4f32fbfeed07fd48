// For operators: the mails of the service and of identity, whether they went out, and what they say.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedMail } from '../../api/mail';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { Failure } from '../../ui/Failure';
import { ResourceTable } from '../../ui/ResourceTable';
import { useFormat } from '../../ui/useFormat';
import { MailDetails } from './MailDetails';
import { MailSign, standing } from './MailSign';

export default function MailList() {
  const { t } = useTranslation();
  const format = useFormat();
  useCrumbs({ text: t('nav.mail') });
  const service = useQuery(queries.mails('service'));
  const identity = useQuery(queries.mails('identity'));
  const [openId, setOpenId] = useState<string | null>(null);
  const items: ListedMail[] | undefined =
    service.data &&
    (['service', 'identity'] as const).flatMap((source) => {
      const outbox = source === 'service' ? service.data : identity.data;
      return (outbox?.mails ?? []).map((mail) => ({ source, relay: outbox?.relay ?? null, mail }));
    });
  const opened = items?.find((item) => item.mail.id === openId);
  const relay = service.data?.relay ?? null;
  return (
    <SpaceBetween size="s">
      {service.data && relay === null && (
        <Alert type="info" header={t('mail.noRelay')}>
          {t('mail.noRelayText')}
        </Alert>
      )}
      <Failure error={identity.error} header={t('mail.identityAway')} onRetry={() => void identity.refetch()} />
      <ResourceTable<ListedMail>
        id="mails"
        title={t('nav.mail')}
        description={relay === null ? t('mail.text') : `${t('mail.text')} ${t('mail.relay', { relay })}`}
        items={items}
        error={service.error}
        refreshing={false}
        onRefresh={() => {
          void service.refetch();
          void identity.refetch();
        }}
        columns={[
          {
            id: 'subject',
            header: t('mail.subject'),
            cell: ({ mail }) => (
              <Button variant="inline-link" onClick={() => setOpenId(mail.id)}>
                {mail.subject}
              </Button>
            ),
            value: ({ mail }) => mail.subject,
          },
          { id: 'to', header: t('mail.to'), cell: ({ mail }) => mail.recipient, value: ({ mail }) => mail.recipient },
          {
            id: 'state',
            header: t('mail.state'),
            cell: ({ mail, relay: by }) => <MailSign mail={mail} relay={by} />,
            value: ({ mail, relay: by }) => t(`mail.states.${standing(mail, by)}`),
          },
          { id: 'posted', header: t('mail.posted'), cell: ({ mail }) => format.time(mail.posted), value: ({ mail }) => mail.posted },
          { id: 'tries', header: t('mail.tries'), cell: ({ mail }) => mail.tries, value: ({ mail }) => mail.tries },
          {
            id: 'lastError',
            header: t('mail.lastError'),
            cell: ({ mail }) => mail.lastError ?? '',
            value: ({ mail }) => mail.lastError ?? '',
            hidden: relay === null,
          },
          {
            id: 'source',
            header: t('mail.source'),
            cell: ({ source }) => t(`mail.sources.${source}`),
            value: ({ source }) => t(`mail.sources.${source}`),
          },
        ]}
        trackBy={({ mail }) => mail.id}
        label={({ mail }) => mail.subject}
        defaultSort={{ column: 'posted', descending: true }}
        empty={{ title: t('mail.empty.title'), text: t('mail.empty.text') }}
      />
      {opened && <MailDetails key={opened.mail.id} listed={opened} onClose={() => setOpenId(null)} />}
    </SpaceBetween>
  );
}
