// What the guest wrote to its console since it started, followed while the page is open.
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readConsoleLog, type Server } from '../../../api/compute';
import { Failure } from '../../../ui/Failure';
import { saveText } from '../../../ui/saveText';

/** milliseconds between two looks */
const FOLLOW = 3_000;

export default function ConsoleLog({ server }: { server: Server }) {
  const { t } = useTranslation();
  const [lines, setLines] = useState(200);
  const [follow, setFollow] = useState(true);
  const end = useRef<HTMLPreElement>(null);
  const log = useQuery({
    queryKey: ['consoleLog', server.id, lines],
    queryFn: ({ signal }) => readConsoleLog(server.id, lines, signal),
    refetchInterval: follow ? FOLLOW : false,
    placeholderData: (before) => before,
    retry: false,
  });
  const text = plain(log.data ?? '');
  useEffect(() => {
    if (follow && end.current) end.current.scrollTop = end.current.scrollHeight;
  }, [text, follow]);
  const choices = [100, 200, 1000, 5000].map((number) => ({ value: String(number), label: t('log.lines', { number }) }));
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t('log.text')}
          actions={
            <SpaceBetween direction="horizontal" size="s" alignItems="center">
              <Toggle checked={follow} onChange={({ detail }) => setFollow(detail.checked)}>
                {t('log.follow')}
              </Toggle>
              <Select
                options={choices}
                selectedOption={choices.find((choice) => choice.value === String(lines)) ?? null}
                onChange={({ detail }) => setLines(Number(detail.selectedOption.value))}
                ariaLabel={t('log.number')}
              />
              <Button iconName="refresh" ariaLabel={t('common.refresh')} onClick={() => void log.refetch()} />
              <Button iconName="download" disabled={text === ''} onClick={() => saveText(`${server.name}-console.log`, text)}>
                {t('log.save')}
              </Button>
            </SpaceBetween>
          }
        >
          {t('servers.tabs.log')}
        </Header>
      }
    >
      <SpaceBetween size="s">
        <Failure error={log.error} onRetry={() => void log.refetch()} />
        <pre ref={end} className="console-log" tabIndex={0} aria-label={t('servers.tabs.log')}>
          {text || t(log.isPending ? 'common.loading' : 'log.empty')}
        </pre>
      </SpaceBetween>
    </Container>
  );
}

/** Without the control sequences that a terminal would have acted on. */
function plain(text: string): string {
  return text.replace(/\u001b\[[0-9;?]*[A-Za-z]|\u001b[()][A-Z0-9]|\u001b[=>cM78]/g, '').replace(/\r/g, '');
}
