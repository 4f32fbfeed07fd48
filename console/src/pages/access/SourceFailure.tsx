// Why source addresses were not changed: whoever would lock himself out reads it in his own language.
import Alert from '@cloudscape-design/components/alert';
import { ApiError } from '../../api/http';
import { Failure } from '../../ui/Failure';

export function SourceFailure({ error, lockOut }: { error: unknown; lockOut: string }) {
  return error instanceof ApiError && error.code === 'LockOut' ? <Alert type="error">{lockOut}</Alert> : <Failure error={error} />;
}
