// How the other end is set up, with the real lines.
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';

/** Tried with rsyslog 8.2302; in every language the same. */
const RSYSLOG = `# apt-get install rsyslog rsyslog-gnutls
# /etc/rsyslog.d/unkai.conf
global(
  defaultNetstreamDriver="gtls"
  defaultNetstreamDriverCAFile="/etc/rsyslog.d/ca.pem"
  defaultNetstreamDriverCertFile="/etc/rsyslog.d/server.pem"
  defaultNetstreamDriverKeyFile="/etc/rsyslog.d/server.key")
module(load="imtcp" StreamDriver.Name="gtls" StreamDriver.Mode="1"
  StreamDriver.AuthMode="x509/certvalid")
input(type="imtcp" port="6514" ruleset="unkai")
template(name="unkai" type="string" string="%structured-data% %msg%\\n")
ruleset(name="unkai" queue.type="Disk" queue.filename="unkai" queue.checkpointInterval="1") {
  action(type="omfile" file="/var/log/unkai.log" template="unkai")
}`;

const CERTIFICATES = `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 \\
  -subj "/CN=log authority" -keyout ca.key -out ca.pem
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 825 -CA ca.pem -CAkey ca.key \\
  -subj "/CN=logs.example.jp" -addext subjectAltName=DNS:logs.example.jp \\
  -addext basicConstraints=critical,CA:FALSE -keyout server.key -out server.pem
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 825 -CA ca.pem -CAkey ca.key \\
  -subj "/CN=unkai" -addext basicConstraints=critical,CA:FALSE -keyout client.key -out client.pem`;

const WEBHOOK = `import base64, hashlib, hmac, time

def genuine(headers, body, secret):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f'{headers["webhook-id"]}.{headers["webhook-timestamp"]}.'.encode() + body
    mine = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    fresh = abs(time.time() - int(headers["webhook-timestamp"])) < 300
    return fresh and any(hmac.compare_digest(mine, each) for each in headers["webhook-signature"].split())`;

export function SetUp({ kind }: { kind: 'syslog' | 'webhook' }) {
  const { t } = useTranslation();
  return (
    <ExpandableSection variant="container" headerText={t(`forwarding.setUp.${kind}`)}>
      <SpaceBetween size="s">
        <Box>{t(`forwarding.setUp.${kind}Text`)}</Box>
        {kind === 'syslog' && (
          <>
            <Box variant="pre">{CERTIFICATES}</Box>
            <Box>{t('forwarding.setUp.syslogThen')}</Box>
          </>
        )}
        <Box variant="pre">{kind === 'syslog' ? RSYSLOG : WEBHOOK}</Box>
        <Box>{t('forwarding.setUp.twice')}</Box>
      </SpaceBetween>
    </ExpandableSection>
  );
}
