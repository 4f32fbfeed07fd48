// The files by which OpenStack's clients find this cloud and log in with a credential.

interface Key {
  id: string;
  secret: string;
}

const identity = (origin: string) => `${origin}/identity/v3`;
/** A JSON text is a YAML text in double quotes. */
const yaml = (text: string) => JSON.stringify(text);
const shell = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

export const cloudsYaml = ({ id, secret }: Key, origin = window.location.origin): string =>
  [
    'clouds:',
    '  unkai:',
    '    auth_type: v3applicationcredential',
    '    auth:',
    `      auth_url: ${yaml(identity(origin))}`,
    `      application_credential_id: ${yaml(id)}`,
    `      application_credential_secret: ${yaml(secret)}`,
    '    identity_api_version: 3',
    '    interface: public',
    '',
  ].join('\n');

export const openrc = ({ id, secret }: Key, origin = window.location.origin): string =>
  [
    '# . ./unkai-openrc.sh && openstack server list',
    'unset OS_USERNAME OS_PASSWORD OS_PROJECT_ID OS_PROJECT_NAME OS_USER_DOMAIN_NAME OS_PROJECT_DOMAIN_NAME OS_TOKEN OS_CLOUD',
    'export OS_AUTH_TYPE=v3applicationcredential',
    `export OS_AUTH_URL=${shell(identity(origin))}`,
    `export OS_APPLICATION_CREDENTIAL_ID=${shell(id)}`,
    `export OS_APPLICATION_CREDENTIAL_SECRET=${shell(secret)}`,
    'export OS_IDENTITY_API_VERSION=3',
    'export OS_INTERFACE=public',
    '',
  ].join('\n');
