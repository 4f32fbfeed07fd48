// What stands in a page's place when it cannot be shown: a part of the console was not to be had (an update took its file away, or the connection
// broke), or the page failed. Never nothing at all.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  /** Which page it is: another one is tried afresh. */
  page?: string;
  children: ReactNode;
}

interface State {
  page: string | undefined;
  failed: boolean;
}

export class Unshown extends Component<Props, State> {
  override state: State = { page: this.props.page, failed: false };

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  static getDerivedStateFromProps({ page }: Props, before: State): State | null {
    return page === before.page ? null : { page, failed: false };
  }

  override render() {
    return this.state.failed ? <LoadAgain /> : this.props.children;
  }
}

function LoadAgain() {
  const { t } = useTranslation();
  return (
    <Box padding="l">
      <Alert
        type="error"
        header={t('failure.page.header')}
        action={<Button onClick={() => window.location.reload()}>{t('failure.page.reload')}</Button>}
      >
        {t('failure.page.text')}
      </Alert>
    </Box>
  );
}
